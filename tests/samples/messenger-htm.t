# path | messages | events | options
messenger/html-2016/simulated_data.htm | 20 | 0 |
