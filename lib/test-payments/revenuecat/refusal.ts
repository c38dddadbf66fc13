/** A refusal in RevenueCat's form (revenuecat.com/docs/api-v1, "Errors"). */
export class RevenueCatRefusal extends Error {
  readonly status: number
  readonly code: number

  constructor(status: number, code: number, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
