using System.Net;

namespace Betar.Libp2p.Dns;

/// <summary>The servers that the system names. Search lists and options of the file are not used: a name of an address is a whole name.</summary>
internal static class ResolvConf
{
    public const int DnsPort = 53;
    private const int MaxLength = 64 * 1024;
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, DnsPort);

    /// <summary>As the system's own resolver does, the local host is asked where nobody is named.</summary>
    public static IReadOnlyList<IPEndPoint> Read(string path)
    {
        try
        {
            var file = new FileInfo(path);
            var servers = file.Exists && file.Length <= MaxLength ? Parse(File.ReadAllText(path)) : [];
            return servers.Count > 0 ? servers : [Local];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return [Local];
        }
    }

    public static IReadOnlyList<IPEndPoint> Parse(string text)
    {
        var servers = new List<IPEndPoint>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["nameserver", var server, ..] && IPAddress.TryParse(server, out var address))
                servers.Add(new IPEndPoint(address, DnsPort));
        }

        return servers;
    }
}
