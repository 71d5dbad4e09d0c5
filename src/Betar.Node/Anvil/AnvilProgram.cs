using System.Runtime.InteropServices;
using Betar.Node.Cli;
using Betar.Node.Errors;

namespace Betar.Node.Anvil;

/// <summary>Where anvil is: the option or BETAR_ANVIL, else what the path finds, else what the repository's tools brought.</summary>
internal static class AnvilProgram
{
    public const string Variable = "BETAR_ANVIL";

    private const string Name = "anvil";

    public static CliRefusal Missing => ErrorCatalog.ChildDidNotStart.Refuse(
        "anvil is not installed here", "run eng/tools anvil in the repository, or name one with --anvil or BETAR_ANVIL");

    /// <summary>Null when there is none.</summary>
    public static string? Find(string? option, EnvironmentVariables environment)
    {
        option ??= environment(Variable);
        if (option is not null)
            return File.Exists(option) ? option : null;
        var onPath = (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, Name));
        return onPath.Append(InRepository()).FirstOrDefault(File.Exists);
    }

    /// <summary>The program runs out of a folder inside its repository, or out of none.</summary>
    private static string InRepository()
    {
        var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        var relative = Path.Combine("contracts", "node_modules", "@foundry-rs", $"anvil-{system}-{machine}", "bin", Name);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, relative);
            if (File.Exists(file))
                return file;
        }

        return relative;
    }
}
