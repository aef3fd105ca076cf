/** The source can't be reached, is overloaded or did not answer in time: the same request may be tried again. */
export class SourceUnavailableError extends Error {
  override readonly name = 'SourceUnavailableError';
  readonly code = 'source-unavailable';
}

/** The source answered that it won't do this: trying again gives the same. `status` is its HTTP status. */
export class SourceRefusedError extends Error {
  override readonly name = 'SourceRefusedError';
  readonly code = 'source-refused';
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/** The source answered something that is not of its protocol, or more than is allowed. */
export class SourceProtocolError extends Error {
  override readonly name = 'SourceProtocolError';
  readonly code = 'source-protocol';
}
