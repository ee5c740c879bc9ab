// Reads one source folder with the TypeScript compiler and counts what docs/architecture.md puts a number on.
import { readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import ts from 'typescript';
import { files } from '../platform/once.mjs';

const { SyntaxKind } = ts;
const HTTP_WORDS = new Set(['HttpException', 'HttpStatus']);
const KEPT_FROM_OUTSIDE = new Set([SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.StaticKeyword]);

const isMigration = (path) => path.includes('/migrations/');
const isConfig = (path) => path.includes('/platform/config/');
const maySpeakHttp = (path) => path.endsWith('.controller.ts') || path.includes('/platform/');

/**
 * Lists of `{ value, where }`, one entry for each file, function, constructor, service, folder and forbidden word. Tests
 * are left out, and so is the length of migrations, which are written once and never read as prose.
 */
export function measure(root) {
  const paths = files(root)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(d|spec)\.ts$/.test(path));
  const found = {
    files: [],
    functions: [],
    constructors: [],
    services: [],
    any: [],
    forwardRef: [],
    env: [],
    http: [],
  };
  for (const path of paths) measureFile(path, found);
  return { ...found, paths, folders: folders(paths), depths: depths(root, paths) };
}

function measureFile(path, found) {
  const text = readFileSync(path, 'utf8');
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  if (!isMigration(path)) found.files.push({ value: text.trimEnd().split('\n').length, where: path });
  const visit = (node) => {
    measureNode(node, { path, file, found });
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function measureNode(node, { path, file, found }) {
  const where = `${path}:${lineOf(file, node.getStart(file))}`;
  if (ts.isFunctionLike(node) && node.body && ts.isBlock(node.body) && !isMigration(path)) {
    const value = lineOf(file, node.end) - lineOf(file, node.getStart(file)) + 1;
    found.functions.push({ value, where });
  }
  if (ts.isConstructorDeclaration(node)) found.constructors.push({ value: node.parameters.length, where });
  if (ts.isClassDeclaration(node) && node.name?.text.endsWith('Service')) {
    found.services.push({ value: node.members.filter(isPublicMethod).length, where });
  }
  for (const word of forbidden(node, path)) found[word].push({ value: 1, where });
}

function* forbidden(node, path) {
  if (node.kind === SyntaxKind.AnyKeyword) yield 'any';
  if (ts.isIdentifier(node) && node.text === 'forwardRef') yield 'forwardRef';
  if (readsEnvironment(node) && !isConfig(path)) yield 'env';
  if (ts.isIdentifier(node) && HTTP_WORDS.has(node.text) && !maySpeakHttp(path)) yield 'http';
}

function readsEnvironment(node) {
  const isProcess = (object) => ts.isIdentifier(object) && object.text === 'process';
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && node.name.text === 'env';
  return ts.isElementAccessExpression(node) && isProcess(node.expression) && node.argumentExpression.text === 'env';
}

function isPublicMethod(member) {
  if (!ts.isMethodDeclaration(member) || ts.isPrivateIdentifier(member.name)) return false;
  return !member.modifiers?.some(({ kind }) => KEPT_FROM_OUTSIDE.has(kind));
}

function lineOf(file, position) {
  return file.getLineAndCharacterOfPosition(position).line + 1;
}

function folders(paths) {
  const counts = new Map();
  for (const path of paths.filter((each) => !isMigration(each))) {
    counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  }
  return [...counts].map(([where, value]) => ({ value, where }));
}

/** The file's name is a step of its own: src/platform/health/health.controller.ts is three deep. */
function depths(root, paths) {
  return paths.map((path) => ({ value: relative(root, path).split(/[\\/]/).length, where: path }));
}
