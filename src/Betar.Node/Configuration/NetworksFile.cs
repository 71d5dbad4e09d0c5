using Betar.Ethereum.Networks;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Configuration;

/// <summary>The networks of a data folder: those that come with the program, and what its <c>networks.json</c> adds or changes.</summary>
internal static class NetworksFile
{
    private const int LargestFile = 1024 * 1024;

    public static string PathIn(DataFolder folder) => Path.Combine(folder.Root, "networks.json");

    public static Checked<NetworkCatalog> Load(DataFolder folder)
    {
        string path = PathIn(folder);
        if (!File.Exists(path))
            return NetworkCatalog.BuiltIn;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (file.Length > LargestFile)
                return ErrorCatalog.BadConfiguration.Refuse($"{path} is larger than {LargestFile / 1024 / 1024} MiB");
            byte[] json = new byte[file.Length];
            file.ReadExactly(json);
            return NetworkCatalog.TryRead(json, out NetworkCatalog? catalog, out IReadOnlyList<string> faults)
                ? catalog
                : ErrorCatalog.BadConfiguration.Refuse($"{path}: {string.Join(' ', faults)}", "mend what is named");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"{path} cannot be read ({exception.Message})") with { Cause = exception };
        }
    }

    /// <summary>A network that this node may settle on, by its name or CAIP-2.</summary>
    public static Checked<ChainNetwork> Find(DataFolder folder, string name)
    {
        Checked<NetworkCatalog> catalog = Load(folder);
        if (!catalog.IsOk)
            return catalog.Refusal;
        if (!catalog.Value.TryFind(name, out ChainNetwork? network))
            return ErrorCatalog.BadNetwork.Refuse(
                $"The network \"{name}\" is not known here", $"use one of {string.Join(", ", catalog.Value.Networks.Select(known => known.Name))}, or add it to networks.json");
        return network.CarriesValue
            ? ErrorCatalog.BadNetwork.Refuse($"{network} carries real money, and this version settles on test chains only", "use --network devnet or --network anvil")
            : network;
    }
}
