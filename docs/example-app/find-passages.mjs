/**
 * The place where a knowledge base is asked. It asks none: it knows two articles, so that this example needs no index.
 * Replace it with your own search, filtered by what the person behind the ticket may read.
 * @param {string} ticket
 * @returns {Promise<string>} as the prompt takes them: with their ids, so that a reply can cite them
 */
export async function findPassages(ticket) {
  const found = articles.filter(({ about }) => about.test(ticket));
  return Promise.resolve(found.map(({ id, text }) => `[${id}] ${text}`).join('\n') || 'None.');
}

const articles = [
  {
    id: 'KB-17',
    about: /parcel|deliver|late/i,
    text: 'A parcel counts as late five working days after it was sent.',
  },
  { id: 'KB-4', about: /refund|money|paid/i, text: 'Refunds are decided by the billing desk within a day.' },
];
