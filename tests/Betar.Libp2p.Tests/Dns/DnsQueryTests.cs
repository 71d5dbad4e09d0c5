using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsQueryTests
{
    [Fact]
    public void A_question_is_written_as_RFC_1035_says()
    {
        var query = new DnsQuery(0x1234, "example.org", DnsRecordType.Txt, Extended: false);

        Assert.Equal("123401000001000000000000" + "076578616D706C65036F726700" + "00100001", Convert.ToHexString(query.Encode()));
    }

    [Fact]
    public void The_extension_says_how_long_a_datagram_may_be()
    {
        var query = new DnsQuery(0xABCD, "a.b", DnsRecordType.Aaaa, Extended: true);

        Assert.Equal("ABCD01000001000000000001" + "0161016200" + "001C0001" + "00002904D0000000000000", Convert.ToHexString(query.Encode()));
    }

    [Fact]
    public void Numbers_differ_from_question_to_question()
    {
        var numbers = Enumerable.Range(0, 100).Select(_ => DnsQuery.Create("a.b", DnsRecordType.A).Id).Distinct().Count();

        Assert.True(numbers > 90, $"{numbers} different numbers in 100 questions");
    }
}
