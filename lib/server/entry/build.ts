/** `npm run build`: builds the app where the sources have changed, as `npm start` does, so that a start finds it built. */
import { build, isBuilt } from './start/build.ts'

if (await isBuilt()) console.log('The build is up to date.')
else await build((step) => console.log(step))
