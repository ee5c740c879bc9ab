import { getMetadataArgsStorage } from 'typeorm';
import type { EntityClass } from '../database/data-source.js';
import type { Localized } from '../errors/app-error.js';
import { type ColumnFacts, columnFacts, type ColumnKind, type TableFacts, tableFacts } from './data-map.js';

interface DescribedColumn {
  name: string;
  facts: ColumnFacts | undefined;
}

interface DescribedTable {
  name: string;
  facts: TableFacts | undefined;
  columns: DescribedColumn[];
}

const KINDS: Record<ColumnKind, Localized> = {
  personal: { zh: '是', en: 'yes' },
  technical: { zh: '否', en: 'no' },
  secret: { zh: '机密，不导出', en: 'secret, never exported' },
};

/** What nobody has described yet, as `table` or `table.column`. */
export function undescribed(entities: EntityClass[]): string[] {
  return entities.map(describedTable).flatMap(({ name, facts, columns }) => {
    const silent = columns.filter((column) => !column.facts).map((column) => `${name}.${column.name}`);
    return facts ? silent : [name, ...silent];
  });
}

/** docs/data-map.md, as the entities say. */
export function dataMapDocument(entities: EntityClass[]): string {
  const tables = entities.map(describedTable).sort((a, b) => (a.name < b.name ? -1 : 1));
  return `${[HEAD, ...tables.map(sectionOf)].join('\n\n')}\n`;
}

const HEAD = `# 数据地图 · Data map

每张表存了什么、是否属于个人信息、为什么存、存多久、注销时如何处理。本文由实体上的说明生成（\`npm run data-map\`），有测试保证一致：新增一列而没有说明，测试就会失败。「导出」\`GET /api/v1/users/me/export\` 依据同一份说明，只略去标为“机密”的列。

What each table holds, whether it is personal data, why, for how long, and what an erasure does to it. Generated from the entities by \`npm run data-map\`; a test holds the two equal and fails for a column that nobody has described. The export goes by the same words and leaves out only what is secret.`;

function describedTable(entity: EntityClass): DescribedTable {
  const { tables, columns } = getMetadataArgsStorage();
  const own = columns.filter(({ target }) => target === entity);
  return {
    name: tables.find(({ target }) => target === entity)?.name ?? entity.name,
    facts: tableFacts(entity),
    columns: own.map(({ propertyName, options }) => {
      return { name: options.name ?? propertyName, facts: columnFacts(entity, propertyName) };
    }),
  };
}

function sectionOf({ name, facts, columns }: DescribedTable): string {
  const told = facts
    ? [
        ['目的 · Purpose', facts.purpose],
        ['保留 · Kept', facts.retention],
        ['注销 · Erasure', facts.erasure],
      ]
    : [];
  const lines = (told as [string, Localized][]).map(([title, { zh, en }]) => `- ${title}：${zh} · ${en}`);
  const rows = columns.map(({ name: column, facts: about }) => rowOf(column, about));
  return [
    `## ${name}`,
    '',
    ...lines,
    '',
    '| 列 · Column | 内容 · Holds | 个人信息 · Personal |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function rowOf(column: string, facts?: ColumnFacts): string {
  const holds = facts ? `${facts.zh} · ${facts.en}` : '?';
  const kind = facts ? `${KINDS[facts.kind].zh} · ${KINDS[facts.kind].en}` : '?';
  return `| \`${column}\` | ${holds} | ${kind} |`;
}
