using System.Net;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

public sealed class ResolvConfTests
{
    [Fact]
    public void Servers_are_read_in_order_and_the_rest_is_passed_over()
    {
        var servers = ResolvConf.Parse("""
            # a comment
            domain example.org
            search example.org example.com
            options ndots:5
            nameserver 192.0.2.53
            	nameserver	2001:db8::53   # behind it
            ;nameserver 192.0.2.66
            nameserver not-an-address
            nameserver
            """);

        Assert.Equal(["192.0.2.53:53", "[2001:db8::53]:53"], servers.Select(server => server.ToString()));
    }

    [Fact]
    public void Without_the_file_the_local_host_is_asked() =>
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 53), Assert.Single(ResolvConf.Read(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString()))));

    [Fact]
    public void A_file_that_names_nobody_means_the_local_host() => WithFile("search example.org\n", path =>
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 53), Assert.Single(ResolvConf.Read(path))));

    [Fact]
    public void A_file_is_read() => WithFile("nameserver 192.0.2.7\n", path =>
        Assert.Equal(new IPEndPoint(IPAddress.Parse("192.0.2.7"), 53), Assert.Single(ResolvConf.Read(path))));

    [Fact]
    public void A_huge_file_is_not_read() => WithFile("nameserver 192.0.2.7\n" + new string('#', 70_000), path =>
        Assert.Equal(IPAddress.Loopback, Assert.Single(ResolvConf.Read(path)).Address));

    private static void WithFile(string text, Action<string> act)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            act(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
