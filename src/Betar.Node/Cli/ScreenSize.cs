namespace Betar.Node.Cli;

/// <summary>How large the terminal is at this moment.</summary>
public delegate (int Width, int Height) ScreenSize();
