"""Metropolitan Police: violence against women and girls, by place and by offence."""
