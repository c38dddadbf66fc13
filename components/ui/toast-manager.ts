import { Toast } from '@base-ui/react/toast'

/** What there is to say, between whoever says it and the list that shows it. */
export const toasts = Toast.createToastManager()
