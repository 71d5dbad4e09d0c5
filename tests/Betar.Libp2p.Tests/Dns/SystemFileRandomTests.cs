using System.Net;
using System.Net.Sockets;
using Betar.Libp2p.Dns;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>The machine's own files, as administrators write them and as they should not.</summary>
public sealed class SystemFileRandomTests
{
    private static readonly string[] Words =
        ["192.0.2.1", "192.0.2.2", "2001:db8::1", "::1", "nameserver", "search", "options", "a.example", "A.EXAMPLE", "a.example.", "b.example", "#", "# a.example", "", "999.1.1.1", "-bad-", "ä"];

    [Fact]
    public void What_a_hosts_file_says_of_a_name_is_what_its_lines_say() => Assert.All(Enumerable.Range(0, 500), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var lines = Lines(random);
        foreach (var (type, family) in new[] { (DnsRecordType.A, AddressFamily.InterNetwork), (DnsRecordType.Aaaa, AddressFamily.InterNetworkV6) })
        {
            var said = new List<IPAddress>();
            foreach (var line in lines)
            {
                var words = Split(line.Contains('#') ? line[..line.IndexOf('#')] : line);
                if (words.Count > 1 && IPAddress.TryParse(words[0], out var address)
                    && words.Skip(1).Any(word => word.TrimEnd('.').Equals("a.example", StringComparison.OrdinalIgnoreCase)))
                {
                    said.Add(address);
                }
            }

            var answer = HostsFile.Find(lines, "a.example", type);

            Assert.True((answer is null) == (said.Count == 0), $"seed {TestSeed.Value}, round {round}: {string.Join('|', lines)}");
            if (answer is null)
                continue;
            Assert.Equal(said.Where(address => address.AddressFamily == family).Distinct(), answer.Addresses);
            Assert.Equal(answer.Addresses.Count > 0 ? DnsStatus.Found : DnsStatus.NotFound, answer.Status);
        }
    });

    [Fact]
    public void The_servers_are_those_of_the_lines_that_name_one() => Assert.All(Enumerable.Range(0, 500), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var lines = Lines(random);
        var expected = lines.Select(Split).Where(words => words.Count > 1 && words[0] == "nameserver" && IPAddress.TryParse(words[1], out _))
            .Select(words => new IPEndPoint(IPAddress.Parse(words[1]), 53));

        Assert.Equal(expected, ResolvConf.Parse(string.Join('\n', lines)));
    });

    [Fact]
    public void Texts_are_never_in_a_hosts_file() => Assert.Null(HostsFile.Find("/etc/hosts", "localhost", DnsRecordType.Txt));

    private static List<string> Lines(Random random) => [.. Enumerable.Range(0, random.Next(8)).Select(_ =>
        string.Join(random.Next(3) == 0 ? "\t " : " ", Enumerable.Range(0, random.Next(5)).Select(_ => Words[random.Next(Words.Length)])))];

    private static List<string> Split(string line) => [.. line.Split([' ', '\t']).Where(word => word.Length > 0)];
}
