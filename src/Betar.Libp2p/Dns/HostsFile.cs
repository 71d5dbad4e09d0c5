using System.Net;
using System.Net.Sockets;

namespace Betar.Libp2p.Dns;

/// <summary>The names that the machine itself knows; they go before every server.</summary>
internal static class HostsFile
{
    private const int MaxLength = 1024 * 1024;

    /// <summary>Null: the file does not name it, or cannot be read. What it names is never asked for, even when no address is of the kind.</summary>
    public static DnsAnswer? Find(string path, string name, DnsRecordType type)
    {
        if (type is not (DnsRecordType.A or DnsRecordType.Aaaa))
            return null;
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= MaxLength ? Find(File.ReadLines(path), name, type) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static DnsAnswer? Find(IEnumerable<string> lines, string name, DnsRecordType type)
    {
        var family = type == DnsRecordType.A ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        var named = false;
        var addresses = new List<IPAddress>();
        foreach (var line in lines)
        {
            var words = line.Split('#', 2)[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length < 2 || !words.Skip(1).Any(word => DnsName.Normalize(word) == name) || !IPAddress.TryParse(words[0], out var address))
                continue;
            named = true;
            if (address.AddressFamily == family && !addresses.Contains(address))
                addresses.Add(address);
        }

        return !named ? null : addresses.Count == 0 ? DnsAnswer.Empty(DnsStatus.NotFound) : new DnsAnswer(DnsStatus.Found, addresses, []);
    }
}
