/** 导入向导。 */
export const importing = {
  title: '导入',
};
