print("offbook")
