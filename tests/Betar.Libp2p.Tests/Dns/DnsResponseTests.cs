using System.Net;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

public sealed class DnsResponseTests
{
    private static readonly DnsQuery Query = new(0x1234, "example.org", DnsRecordType.A, true);
    private static readonly DnsQuery TextQuery = Query with { Type = DnsRecordType.Txt };

    [Fact]
    public void A_recorded_answer_is_read()
    {
        // An answer of a public server, with the owner as a pointer and an OPT record behind it.
        var bytes = Convert.FromHexString(
            "123481800001000100000001" + "076578616D706C65036F726700" + "00010001" + "C00C00010001000000BF00045DB8D70E" + "00002904D0000000000000");

        Assert.True(DnsResponse.TryParse(bytes, Query, 64, out var response));
        Assert.Equal(DnsResponseCode.NoError, response.Code);
        Assert.Equal(IPAddress.Parse("93.184.215.14"), Assert.Single(response.Records).Address);
    }

    [Fact]
    public void Addresses_texts_and_aliases_are_read()
    {
        var response = new MessageBuilder(Query).A("192.0.2.1").Aaaa("2001:db8::1").Cname("other.example").Txt("one", " and two").Parse();

        Assert.Equal([IPAddress.Parse("192.0.2.1"), IPAddress.Parse("2001:db8::1"), null, null], response!.Records.Select(record => record.Address));
        Assert.Equal("other.example", response.Records[2].Alias);
        Assert.Equal("one and two", response.Records[3].Text);
    }

    [Fact]
    public void A_text_of_255_bytes_and_more_is_put_together()
    {
        var whole = new string('x', 255) + new string('y', 100);

        Assert.Equal(whole, Assert.Single(new MessageBuilder(TextQuery).Txt(whole[..255], whole[255..]).Parse()!.Records).Text);
    }

    [Fact]
    public void Records_of_other_kinds_and_classes_are_passed_over() => Assert.Single(
        new MessageBuilder(Query).Record((DnsRecordType)46, [1, 2, 3], null).Record(DnsRecordType.A, [1], null, group: 3).A("192.0.2.1").Parse()!.Records);

    [Fact]
    public void A_text_that_is_not_utf8_is_left_out() =>
        Assert.Equal("good", Assert.Single(new MessageBuilder(TextQuery).Record(DnsRecordType.Txt, [2, 0xC3, 0x28], null).Txt("good").Parse()!.Records).Text);

    [Fact]
    public void The_case_of_the_question_does_not_matter()
    {
        var bytes = new MessageBuilder(Query).A("192.0.2.1").Build();
        bytes[13] = (byte)'E';

        Assert.True(DnsResponse.TryParse(bytes, Query, 64, out _));
    }

    [Fact]
    public void Of_an_answer_that_was_cut_only_that_is_believed()
    {
        var response = new MessageBuilder(Query, 0x8380).A("192.0.2.1").Parse();

        Assert.True(response!.IsTruncated);
        Assert.Empty(response.Records);
    }

    [Theory]
    [InlineData(0x8183, DnsResponseCode.NameError)]
    [InlineData(0x8182, DnsResponseCode.ServerFailure)]
    [InlineData(0x8185, DnsResponseCode.Refused)]
    [InlineData(0x818B, (DnsResponseCode)11)]
    public void The_code_is_passed_on(int flags, object code) => Assert.Equal(code, new MessageBuilder(Query, (ushort)flags).Parse()!.Code);

    [Fact]
    public void The_most_records_are_taken_and_one_more_is_not()
    {
        var message = new MessageBuilder(Query).A("192.0.2.1").A("192.0.2.2");

        Assert.NotNull(message.Parse(maxRecords: 2));
        Assert.Equal((true, 0), (message.A("192.0.2.3").Parse(maxRecords: 2)!.HasTooMany, message.Parse(maxRecords: 2)!.Records.Count));
    }
}
