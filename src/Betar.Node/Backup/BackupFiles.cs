using Betar.Node.Folder;

namespace Betar.Node.Backup;

/// <summary>Which files of a data folder a backup holds: all that make the node, and nothing of a process that runs, nor of a chain.</summary>
internal static class BackupFiles
{
    public const int Most = 10_000;

    private static readonly string[] Databases = ["betar.db", "market.db"];
    private static readonly string[] Passing = ["node.lock", "node.pid", "betar.sock", "devnet.json", "anvil.json"];

    public static bool IsDatabase(string name) => Databases.Contains(name);

    /// <summary>Relative names, in order.</summary>
    public static IReadOnlyList<string> Of(DataFolder folder) =>
    [
        .. new DirectoryInfo(folder.Root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Where(file => file.UnixFileMode != UnixFileMode.None && !IsSocket(file))
            .Select(file => Path.GetRelativePath(folder.Root, file.FullName)).Where(IsKept).Take(Most + 1).Order(StringComparer.Ordinal),
    ];

    private static bool IsKept(string name) => IsDatabase(name)
        || !(Passing.Contains(name) || name.StartsWith("devnet.db", StringComparison.Ordinal) || name.Split('/').Any(part => part.StartsWith('.'))
            || Databases.Any(database => name.StartsWith(database, StringComparison.Ordinal)) || name.StartsWith("sessions/", StringComparison.Ordinal)
            || name.StartsWith("workflows/", StringComparison.Ordinal) || name.StartsWith("ipfslite/", StringComparison.Ordinal));

    private static bool IsSocket(FileInfo file) => file.Extension == ".sock";
}
