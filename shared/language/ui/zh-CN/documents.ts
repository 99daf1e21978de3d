/** 表单、明细录入、选择框、打印预览、下推。 */
export const documents = {
  lines: '明细',
};
