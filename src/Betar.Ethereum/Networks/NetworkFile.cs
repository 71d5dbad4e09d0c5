using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Betar.Ethereum.Networks;

/// <summary>
/// Reads <c>networks.json</c>. A network that is known already may be given in part; a new one is given whole. A known name keeps its chain.
/// </summary>
internal static class NetworkFile
{
    internal const int MaxBytes = 256 * 1024;
    internal const int MaxNetworks = 64;
    internal const int MaxNameLength = 32;
    internal const int MaxDepth = 8;

    internal static bool TryRead(
        ReadOnlySpan<byte> json, IReadOnlyList<ChainNetwork> known, [NotNullWhen(true)] out NetworkCatalog? catalog, out IReadOnlyList<string> faults)
    {
        var found = new NetworkFaults();
        var networks = Read(json, known, found);
        catalog = found.Any ? null : new NetworkCatalog(networks);
        faults = found.All;
        return catalog is not null;
    }

    static List<ChainNetwork> Read(ReadOnlySpan<byte> json, IReadOnlyList<ChainNetwork> known, NetworkFaults faults)
    {
        var networks = known.ToList();
        if (json.Length > MaxBytes)
        {
            faults.Add($"It is longer than {MaxBytes} bytes.");
            return networks;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Skip });
            using var document = JsonDocument.ParseValue(ref reader);
            _ = reader.Read(); // Throws when more follows.
            ReadRoot(new NetworkMembers(document.RootElement, "The file", faults), networks, faults);
        }
        catch (Exception foreign) when (foreign is JsonException or InvalidOperationException)
        {
            // The second is what text that is no UTF-8 or half of a surrogate pair gives.
            faults.Add("It is no JSON.");
        }

        return networks;
    }

    static void ReadRoot(NetworkMembers root, List<ChainNetwork> networks, NetworkFaults faults)
    {
        if (root.Object("networks") is { } given)
        {
            foreach (var entry in given.All())
            {
                var at = networks.FindIndex(network => network.Name == entry.Name);
                if (at < 0 && networks.Count == MaxNetworks)
                    faults.Add($"There are more than {MaxNetworks} networks.");
                else if (!IsName(entry.Name))
                    faults.Add($"A network's name is 1 to {MaxNameLength} lower-case letters, digits and hyphens.");
                else if (NetworkEntry.Read(entry.Name, new NetworkMembers(entry.Value, entry.Name, faults), at < 0 ? null : networks[at], faults) is not { } network)
                    continue;
                else if (at < 0)
                    networks.Add(network);
                else
                    networks[at] = network;
            }
        }

        root.RefuseOthers();
    }

    static bool IsName(string text) =>
        text.Length is >= 1 and <= MaxNameLength && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
