"""The staff's lists of records about the base stand together, below the base's own entries in the menu."""

from home.staff_lists import StaffList


class DirectoryList(StaffList):
    menu_hook = "register_directory_menu_item"
