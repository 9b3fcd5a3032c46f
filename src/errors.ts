/**
 * An error that a user can act on. Every room keeps its own factories of these (`openstack/errors.ts`, `ssh/errors.ts`,
 * `formats/errors.ts`, ...), one factory per error, so that a message and its remedy are written once.
 * Messages never hold secrets.
 */
export class UserError extends Error {
  /**
   * @param code stable, kebab-case, room first: `openstack-unauthorized`
   * @param message what happened, one sentence
   * @param remedy what to do about it, one or two sentences
   */
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "UserError";
  }
}
