import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import type pg from 'pg'

type Connection = pg.Connection & { stream: NodeJS.WritableStream; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void }

/** `COPY … FROM STDIN` of a file, which pg itself does not speak. `client.query(new CopyIn(…)).done` */
export class CopyIn implements pg.Submittable {
  readonly #done = Promise.withResolvers<void>()
  readonly done = this.#done.promise
  readonly #statement: string
  readonly #path: string

  constructor(statement: string, path: string) {
    this.#statement = statement
    this.#path = path
  }
  submit(connection: pg.Connection): void {
    connection.query(this.#statement)
  }
  handleCopyInResponse(connection: Connection): void {
    void this.#send(connection).catch(this.#done.reject)
  }
  async #send(connection: Connection): Promise<void> {
    for await (const chunk of createReadStream(this.#path)) {
      connection.sendCopyFromChunk(chunk as Buffer)
      if ((connection.stream as unknown as { writableNeedDrain: boolean }).writableNeedDrain) await once(connection.stream, 'drain')
    }
    connection.endCopyFrom()
  }
  handleCommandComplete(): void {}
  handleReadyForQuery(): void {
    this.#done.resolve()
  }
  handleError(error: Error): void {
    this.#done.reject(error)
  }
}
