/** Why a stack cannot start; starting it again changes nothing until somebody acts. */
export class StartRefused extends Error {}

export class PortInUse extends StartRefused {
  readonly port: number

  constructor(port: number) {
    super(`Port ${port} is in use.`)
    this.port = port
  }
}
