import { choosePort } from './choose-port.ts';

/** The doors of a local mesh, in the words of `--port`. */
export const doors = ['adapter', 'ingress', 'kubernetes', 'nats'] as const;
export type Door = (typeof doors)[number];

/** Programs that serve /readyz on an admin port of their own. */
export const programNames = [
  'ingress',
  'dispatcher',
  'trigger-controller',
  'subscription-bridge',
  'http-source-adapter',
] as const;
export type ProgramName = (typeof programNames)[number];

export const defaultPorts: Readonly<Record<Door, number>> = {
  adapter: 8080,
  ingress: 8081,
  kubernetes: 6443,
  nats: 4222,
};

export interface LocalPorts {
  readonly doors: Readonly<Record<Door, number>>;
  readonly admin: Readonly<Record<ProgramName, number>>;
}

/** Every port of a local mesh; a taken one is replaced by a free one and announced. */
export async function chooseLocalPorts(
  wanted: Readonly<Record<Door, number>>,
  announce: (sentence: string) => void,
): Promise<LocalPorts> {
  const chosen: Partial<Record<Door, number>> = {};
  for (const door of doors) {
    const port = await choosePort(wanted[door]);
    if (port !== wanted[door] && wanted[door] !== 0) {
      announce(`Port ${wanted[door]} for ${door} is taken; using ${port}.`);
    }
    chosen[door] = port;
  }
  const admin: Partial<Record<ProgramName, number>> = {};
  for (const name of programNames) admin[name] = await choosePort(0);
  return {
    doors: chosen as Record<Door, number>,
    admin: admin as Record<ProgramName, number>,
  };
}
