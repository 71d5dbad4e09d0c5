using Betar.Libp2p.Dns;
using Betar.Tests.Shared;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Answers that are none, each spoilt in one way.</summary>
public sealed class HostileResponseTests
{
    private static readonly DnsQuery Query = new(0x1234, "example.org", DnsRecordType.A, true);

    [Fact]
    public void The_answer_before_it_is_spoilt_is_one() => Assert.True(IsAnswer(Good()));

    [Fact]
    public void Another_number_is_refused() => Assert.False(IsAnswer(With(1, 0x35)));

    [Fact]
    public void A_question_is_no_answer() => Assert.False(IsAnswer(With(2, 0x01)));

    [Fact]
    public void Another_operation_is_refused() => Assert.False(IsAnswer(With(2, 0x89)));

    [Fact]
    public void An_answer_to_another_name_is_refused() => Assert.False(IsAnswer(With(14, (byte)'y')));

    [Fact]
    public void An_answer_to_another_kind_is_refused() => Assert.False(IsAnswer(With(26, 28)));

    [Fact]
    public void An_answer_of_another_class_is_refused() => Assert.False(IsAnswer(With(28, 3)));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void An_answer_to_no_or_two_questions_is_refused(int questions) =>
        Assert.False(IsAnswer(new MessageBuilder(Query).A("192.0.2.1").Build(questions: (ushort)questions)));

    [Fact]
    public void Fewer_records_than_promised_are_refused() => Assert.False(IsAnswer(new MessageBuilder(Query).A("192.0.2.1").Build(answers: 2)));

    [Fact]
    public void A_promise_of_65535_records_costs_nothing()
    {
        Assert.True(DnsResponse.TryParse(new MessageBuilder(Query).Build(answers: ushort.MaxValue), Query, 64, out var response));
        Assert.Equal((true, 0), (response.HasTooMany, response.Records.Count));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(0)]
    public void An_address_of_another_length_is_refused(int length) =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.A, new byte[length], null).Build()));

    [Fact]
    public void An_ipv6_address_of_another_length_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.Aaaa, new byte[15], null).Build()));

    [Fact]
    public void A_record_longer_than_the_message_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).RawRecord(0xC0, 0x0C, 0, 1, 0, 1, 0, 0, 0, 60, 0xFF, 0xFF, 1, 2).Build()));

    [Fact]
    public void A_text_longer_than_its_record_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.Txt, [5, 1, 2], null).Build()));

    [Fact]
    public void An_alias_that_ends_outside_of_its_record_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.Cname, [3, (byte)'a', (byte)'b'], null).A("192.0.2.1").Build()));

    [Fact]
    public void An_alias_with_bytes_behind_it_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.Cname, [1, (byte)'a', 0, 7], null).Build()));

    [Fact]
    public void An_alias_to_the_root_is_refused() =>
        Assert.False(IsAnswer(new MessageBuilder(Query).Record(DnsRecordType.Cname, [0], null).Build()));

    [Fact]
    public void An_owner_that_points_to_itself_is_refused()
    {
        var here = (byte)new MessageBuilder(Query).Build().Length;

        Assert.False(IsAnswer(new MessageBuilder(Query).RawRecord(0xC0, here, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 1, 2, 3, 4).Build()));
    }

    [Fact]
    public void No_beginning_of_an_answer_is_an_answer()
    {
        var good = Good();

        Assert.All(Enumerable.Range(0, good.Length), length => Assert.False(IsAnswer(good[..length])));
    }

    [Fact]
    public void Changed_bytes_never_throw()
    {
        var random = new Random(TestSeed.Value);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new MessageBuilder(Query).A("192.0.2.1").Cname("a.example.org").Txt("dnsaddr=/ip4/1.2.3.4").Build();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            DnsResponse.TryParse(bytes.AsSpan(0, random.Next(bytes.Length + 1)), Query, 64, out _);
        }
    }

    private static bool IsAnswer(byte[] bytes) => DnsResponse.TryParse(bytes, Query, 64, out _);

    private static byte[] Good() => new MessageBuilder(Query).A("192.0.2.1").Build();

    private static byte[] With(int at, byte value)
    {
        var bytes = Good();
        Assert.NotEqual(value, bytes[at]);
        bytes[at] = value;
        return bytes;
    }
}
