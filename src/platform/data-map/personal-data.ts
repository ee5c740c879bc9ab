import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type DataSource, type EntityMetadata, type FindOptionsWhere, In, type ObjectLiteral, Raw } from 'typeorm';
import { columnFacts, type TableFacts, tableFacts } from './data-map.js';

type Row = Record<string, unknown>;

/** What is stored about somebody, by table. */
export interface CollectedData {
  tables: Record<string, Row[]>;
  /** The columns that were left out, as `table.property`: secrets. */
  withheld: string[];
}

/** Reads everything that the data map says is about somebody: a new table or column is in it as soon as it is described. */
@Injectable()
export class PersonalData {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @param userIds of one person: the id they live on under, and those that were merged into it */
  async collect(userIds: string[]): Promise<CollectedData> {
    const tables: Record<string, Row[]> = {};
    const withheld: string[] = [];
    for (const metadata of this.dataSource.entityMetadatas) {
      const facts = tableFacts(metadata.target);
      if (!facts?.owners && !facts?.through) continue;
      tables[metadata.tableName] = await this.rowsOf(metadata, facts, userIds);
      withheld.push(...secretsOf(metadata).map((property) => `${metadata.tableName}.${property}`));
    }
    return { tables, withheld };
  }

  private async rowsOf(metadata: EntityMetadata, facts: TableFacts, userIds: string[]): Promise<Row[]> {
    const properties = propertiesOf(metadata).filter((name) => isShown(metadata, name));
    const rows = await this.dataSource.getRepository<ObjectLiteral>(metadata.target).find({
      select: Object.fromEntries(properties.map((name) => [name, true])),
      where: conditionsOf(facts, userIds),
      order: Object.fromEntries(metadata.primaryColumns.map(({ propertyName }) => [propertyName, 'ASC'])),
    });
    const plain = rows.map((row) => Object.fromEntries(properties.map((name) => [name, row[name] as unknown])));
    return facts.conceal ? plain.map((row) => facts.conceal!(row, userIds)) : plain;
  }
}

function conditionsOf({ owners, through }: TableFacts, userIds: string[]): FindOptionsWhere<ObjectLiteral>[] {
  if (owners) return owners.map((property) => ({ [property]: In(userIds) }));
  const { property, table } = through!;
  const ofTheirs = (column: string) => `${column} IN (SELECT id FROM ${table} WHERE user_id IN (:...userIds))`;
  return [{ [property]: Raw(ofTheirs, { userIds }) }];
}

function propertiesOf({ columns }: EntityMetadata): string[] {
  return columns.map(({ propertyName }) => propertyName);
}

// What nobody has described is not shown; a test sees to it that there is none.
function isShown({ target }: EntityMetadata, property: string): boolean {
  const facts = columnFacts(target, property);
  return facts !== undefined && facts.kind !== 'secret';
}

function secretsOf(metadata: EntityMetadata): string[] {
  return propertiesOf(metadata).filter((name) => !isShown(metadata, name));
}
