"""What follows from the model? One pure function per question, model in, frozen result out."""
