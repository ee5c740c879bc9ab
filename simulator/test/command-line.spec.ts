import { explain, HELP, readArguments, readEnvironment } from '../src/command-line.js';

describe('the environment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toEqual({ port: 3001, host: '127.0.0.1' });
  });

  it('counts an empty variable as unset', () => {
    expect(readEnvironment({ SIMULATOR_PORT: '', SIMULATOR_HOST: '', SIMULATOR_APPS: '' })).toEqual(
      readEnvironment({}),
    );
  });

  it('names port, host and apps', () => {
    const env = { SIMULATOR_PORT: '0', SIMULATOR_HOST: '0.0.0.0', SIMULATOR_APPS: 'wx1:s1, wx2:s2:mall' };
    expect(readEnvironment(env)).toEqual({
      port: 0,
      host: '0.0.0.0',
      apps: [
        { id: 'wx1', secret: 's1' },
        { id: 'wx2', secret: 's2', openPlatform: 'mall' },
      ],
    });
  });

  it('takes the apps as JSON, with settings that the short form has no room for', () => {
    const apps = [{ id: 'wx1', secret: 's1', push: { url: 'http://127.0.0.1:3000/', token: 'token1' } }];
    expect(readEnvironment({ SIMULATOR_APPS: ` ${JSON.stringify(apps)}` })).toMatchObject({ apps });
  });

  it('refuses apps in broken JSON without repeating a secret', () => {
    const read = () => readEnvironment({ SIMULATOR_APPS: '[{"id":"wx1","secret":"hush"' });
    expect(read).toThrow('SIMULATOR_APPS');
    expect(read).not.toThrow('hush');
  });

  it.each(['65536', '-1', '80x', '1e3', ' '])('refuses the port "%s"', (port) => {
    expect(() => readEnvironment({ SIMULATOR_PORT: port })).toThrow('SIMULATOR_PORT');
  });

  it.each(['wx1', 'wx1:', ':hush', 'wx1:hush:', 'wx1:hush:mall:more', 'wx0:ok,,'])(
    'refuses the apps "%s" by entry, without repeating a secret',
    (apps) => {
      const read = () => readEnvironment({ SIMULATOR_APPS: apps });
      expect(read).toThrow(/SIMULATOR_APPS .* entry \d/);
      expect(read).not.toThrow('hush');
    },
  );
});

describe('the arguments', () => {
  it.each([['--help'], ['-h']])('ask for help with %s', (word) => {
    expect(readArguments([word])).toEqual({ help: true });
    for (const name of ['SIMULATOR_PORT', 'SIMULATOR_HOST', 'SIMULATOR_APPS']) expect(HELP).toContain(name);
  });

  it('may be none, and nothing else', () => {
    expect(readArguments([])).toEqual({ help: false });
    expect(() => readArguments(['--port'])).toThrow('--port');
    expect(() => readArguments(['3001'])).toThrow();
  });
});

describe('a failed start', () => {
  it('says which port is taken and what to do', () => {
    const error = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 3001 });
    expect(explain(error)).toMatch(/3001.*SIMULATOR_PORT/);
  });

  it('says that the host is not an address of this machine', () => {
    expect(explain(Object.assign(new Error(), { code: 'EADDRNOTAVAIL', address: '10.9.9.9' }))).toContain('10.9.9.9');
  });

  it('says everything else in its own words', () => {
    expect(explain(new Error('no more memory'))).toBe('no more memory');
    expect(explain('odd')).toBe('odd');
  });
});
