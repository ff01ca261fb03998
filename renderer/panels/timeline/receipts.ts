/** The receipts of the world as the timeline lists them. */
import type { ReceiptRow } from '../../../core/studio/protocol/world';
import { type PagedList, type PagedListOptions, createPagedList } from '../../lists/paged-list';

/** About what a tall panel shows: while the world runs, the newest page is another one thirty times a second. */
const pageRows = 40;

export const createReceiptList = (
  readPage: PagedListOptions<ReceiptRow>['readPage'],
): PagedList<ReceiptRow> => createPagedList({ readPage, pageRows, appendOnly: true });
