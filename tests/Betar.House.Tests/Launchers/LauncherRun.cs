namespace Betar.House.Tests.Launchers;

/// <summary>How a launcher ended and what it printed.</summary>
internal sealed record LauncherRun(int ExitCode, string Out, string Error);
