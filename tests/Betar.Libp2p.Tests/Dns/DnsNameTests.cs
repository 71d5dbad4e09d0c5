using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("Example.ORG", "example.org")]
    [InlineData("example.org.", "example.org")]
    [InlineData("_dnsaddr.bootstrap.example", "_dnsaddr.bootstrap.example")]
    public void A_name_is_asked_for_in_one_form(string name, string normal) => Assert.Equal(normal, DnsName.Normalize(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData(".a")]
    [InlineData("a b")]
    [InlineData("bücher.example")]
    [InlineData("a\0b")]
    public void What_cannot_be_a_name_is_none(string name) => Assert.Null(DnsName.Normalize(name));

    [Fact]
    public void A_label_has_at_most_63_letters()
    {
        Assert.NotNull(DnsName.Normalize(new string('a', 63) + ".b"));
        Assert.Null(DnsName.Normalize(new string('a', 64) + ".b"));
    }

    [Fact]
    public void A_name_has_at_most_253_letters()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + ".b";

        Assert.Equal(253, longest.Length);
        Assert.NotNull(DnsName.Normalize(longest));
        Assert.Null(DnsName.Normalize(longest + "b"));
    }

    [Fact]
    public void Bytes_are_labels_with_their_lengths_and_a_zero() =>
        Assert.Equal("076578616D706C65036F726700", Convert.ToHexString(DnsName.Encode("example.org")));

    [Fact]
    public void A_name_is_read_and_the_place_behind_it_is_known()
    {
        var bytes = Convert.FromHexString("FF076578616D706C65034F524700AA");
        var at = 1;

        Assert.True(DnsName.TryDecode(bytes, ref at, out var name));
        Assert.Equal(("example.org", bytes.Length - 1), (name, at));
    }

    [Fact]
    public void The_end_of_a_name_may_stand_elsewhere()
    {
        var bytes = Convert.FromHexString("036F726700" + "0461626364C000" + "EE");
        var at = 5;

        Assert.True(DnsName.TryDecode(bytes, ref at, out var name));
        Assert.Equal(("abcd.org", 12), (name, at));
    }

    [Theory]
    [InlineData("C000", 0)] // points to itself
    [InlineData("C002C000", 0)] // forwards
    [InlineData("0161C002C000", 0)] // a loop over two places
    [InlineData("0161C000", 0)] // back to its own beginning
    [InlineData("C0", 0)] // half a pointer
    [InlineData("40", 0)] // a length of the reserved kind
    [InlineData("8000", 0)]
    [InlineData("0561", 0)] // longer than the message
    [InlineData("0161", 0)] // no end
    [InlineData("", 0)]
    [InlineData("02612E00", 0)] // a dot in a label
    [InlineData("02610000", 0)] // a zero in a label
    [InlineData("0261FF00", 0)]
    public void A_hostile_name_is_refused(string hex, int at) =>
        Assert.False(DnsName.TryDecode(Convert.FromHexString(hex), ref at, out _));

    [Fact]
    public void Pointers_that_add_up_to_a_long_name_are_refused()
    {
        // Each of these names is one label longer than the one before it, and points to it.
        var bytes = new List<byte> { 1, (byte)'a', 0 };
        for (var i = 0; i < 200; i++)
        {
            var previous = i == 0 ? 0 : 3 + (4 * (i - 1));
            bytes.AddRange([1, (byte)'b', (byte)(0xC0 | (previous >> 8)), (byte)previous]);
        }

        var fits = 3 + (4 * 100);
        var tooLong = 3 + (4 * 199);

        Assert.True(DnsName.TryDecode(bytes.ToArray(), ref fits, out _));
        Assert.False(DnsName.TryDecode(bytes.ToArray(), ref tooLong, out _));
    }
}
