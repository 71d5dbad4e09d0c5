namespace Betar.Node.Cli;

/// <summary>Reads one environment variable; tests hand in their own.</summary>
public delegate string? EnvironmentVariables(string name);
