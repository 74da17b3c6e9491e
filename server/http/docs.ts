import type { FastifyInstance } from 'fastify'
export async function serveDocs(_server: FastifyInstance): Promise<void> {}
