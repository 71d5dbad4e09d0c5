using System.Net;
using Betar.Libp2p.Dns;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Random answers come back as they were written, and cut or bent ones never as something that was not.</summary>
public sealed class DnsRoundTripTests
{
    private static readonly DnsQuery Query = new(0x4242, "peers.example.org", DnsRecordType.A, true);

    [Fact]
    public void Every_answer_that_was_written_is_read() => Assert.All(Enumerable.Range(0, 500), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var (builder, expected) = Answer(random);
        var read = builder.Parse()!;

        Assert.Equal(expected, read.Records.Select(Text));
        Assert.False(read.HasTooMany);
    });

    [Fact]
    public void No_more_records_are_kept_than_allowed_and_the_first_ones_are() => Assert.All(Enumerable.Range(0, 200), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var (builder, expected) = Answer(random);
        var most = random.Next(1, 8);
        if (builder.Parse(most) is not { } read)
            return;

        Assert.InRange(read.Records.Count, 0, most);
        Assert.Equal(expected.Take(read.Records.Count), read.Records.Select(Text));
        Assert.Equal(expected.Count > most, read.HasTooMany);
    });

    [Fact]
    public void A_bent_answer_is_refused_or_bounded() => Assert.All(Enumerable.Range(0, 3000), round =>
    {
        var random = new Random(TestSeed.Value + round);
        var bytes = Answer(random).Builder.Build();
        for (var change = random.Next(1, 5); change > 0; change--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        if (random.Next(3) == 0)
            bytes = bytes[..random.Next(bytes.Length)];

        if (DnsResponse.TryParse(bytes, Query, 64, out var read))
            Assert.InRange(read.Records.Sum(record => Text(record).Length), 0, 64 * 1024);
    });

    /// <summary>A name of the greatest length, of labels of the greatest length, and each one letter longer.</summary>
    [Theory]
    [InlineData(63, 3, 61, true)]
    [InlineData(63, 3, 62, false)]
    [InlineData(64, 1, 1, false)]
    [InlineData(1, 126, 1, true)]
    [InlineData(1, 127, 1, false)]
    public void Names_at_their_greatest(int label, int labels, int last, bool good)
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', label), labels).Append(new string('b', last)));
        Assert.Equal(good ? name : null, DnsName.Normalize(name));
        if (!good)
            return;

        var encoded = DnsName.Encode(name);
        var at = 0;
        Assert.True(DnsName.TryDecode(encoded, ref at, out var read));
        Assert.Equal((name, encoded.Length), (read, at));
        for (var cut = 0; cut < encoded.Length; cut++)
        {
            at = 0;
            Assert.False(DnsName.TryDecode(encoded.AsSpan(0, cut), ref at, out _), $"{cut} bytes");
        }
    }

    private static (MessageBuilder Builder, List<string> Expected) Answer(Random random)
    {
        var builder = new MessageBuilder(Query);
        var expected = new List<string>();
        for (var i = random.Next(12); i > 0; i--)
        {
            var number = random.Next(1, 255);
            switch (random.Next(4))
            {
                case 0:
                    builder.A($"192.0.2.{number}");
                    expected.Add($"192.0.2.{number}");
                    break;
                case 1:
                    builder.Aaaa($"2001:db8::{number:x}");
                    expected.Add(IPAddress.Parse($"2001:db8::{number:x}").ToString());
                    break;
                case 2:
                    builder.Cname($"alias{number}.example.net");
                    expected.Add($"alias{number}.example.net");
                    break;
                default:
                    string[] parts = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new string((char)('a' + random.Next(26)), random.Next(1, 256)))];
                    builder.Txt(parts);
                    expected.Add(string.Concat(parts));
                    break;
            }
        }

        return (builder, expected);
    }

    private static string Text(DnsRecord record) => record.Address?.ToString() ?? record.Alias ?? record.Text ?? "";
}
