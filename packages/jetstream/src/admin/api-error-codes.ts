/** `err_code`s of JetStream's API that mean something to us. */
export const apiErrorCodes = {
  consumerNotFound: 10014,
  messageNotFound: 10037,
  sequenceNotFound: 10043,
  streamUpdateInvalid: 10052,
  messageDeleteFailed: 10057,
  streamExistsOtherwise: 10058,
  streamNotFound: 10059,
  wrongLastSequence: 10071,
  consumerExists: 10148,
} as const;
