using System.Text;
using Betar.Libp2p.Discovery.Mdns;
using Betar.Libp2p.Multiformats;
using Betar.Libp2p.Tests.Support;

namespace Betar.Libp2p.Tests.Discovery.Mdns;

public sealed class MdnsMessageTests
{
    private const string Service = "betar-mdns.local";
    private static readonly byte[] ServiceName = [10, .. "betar-mdns"u8, 5, .. "local"u8, 0];
    private static readonly byte[] AnswerHead = [0, 0, 0x84, 0];

    [Fact]
    public void A_question_is_these_bytes()
    {
        byte[] expected = [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. ServiceName, 0, 12, 0, 1];

        Assert.Equal(expected, MdnsWriter.Query(Service));
        Assert.Equal([new MdnsQuestion(Service, MdnsRecordType.Ptr)], Parse(expected).Questions);
    }

    [Fact]
    public void A_question_that_asks_for_an_answer_to_one_alone_is_the_same_question() =>
        Assert.Equal([new MdnsQuestion(Service, MdnsRecordType.Ptr)], Parse([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. ServiceName, 0, 12, 0x80, 1]).Questions);

    [Fact]
    public void A_question_of_another_class_is_none() =>
        Assert.Empty(Parse([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. ServiceName, 0, 12, 0, 3]).Questions);

    [Fact]
    public void Names_are_told_apart_without_upper_and_lower_case()
    {
        byte[] shouted = [10, .. "BETAR-MDNS"u8, 5, .. "Local"u8, 0];

        Assert.Equal(Service, Parse([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. shouted, 0, 12, 0, 1]).Questions[0].Name);
    }

    [Fact]
    public void An_answer_with_compressed_names_and_the_flag_that_voids_older_ones_is_read()
    {
        // As multicast-dns of npm and zeroconf of Go write it: the texts each stand for themselves.
        byte[] packet =
        [
            .. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 1,
            .. ServiceName, 0, 12, 0, 1, 0, 0, 0, 120, 0, 6, 3, .. "abc"u8, 0xC0, 12,
            3, .. "abc"u8, 0xC0, 12, 0, 16, 0x80, 1, 0, 0, 0, 120, 0, 6, 1, (byte)'x', 3, .. "y=z"u8,
        ];
        var message = Parse(packet);

        Assert.True(message.IsAnswer);
        Assert.Equal(("abc." + Service, TimeSpan.FromMinutes(2)), (message.Records[0].Target, message.Records[0].Life));
        Assert.Equal(("abc." + Service, MdnsRecordType.Txt), (message.Records[1].Owner, message.Records[1].Type));
        Assert.Equal(["x", "y=z"], message.Records[1].Texts);
    }

    [Fact]
    public void Records_of_other_kinds_and_classes_are_passed_over() => Assert.Equal("yes", Assert.Single(Assert.Single(Parse(
    [
        .. AnswerHead, 0, 0, 0, 3, 0, 0, 0, 0,
        .. ServiceName, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, 1, 2, 3, 4,
        .. ServiceName, 0, 16, 0, 3, 0, 0, 0, 1, 0, 3, 2, .. "no"u8,
        .. ServiceName, 0, 16, 0, 1, 0, 0, 0, 1, 0, 4, 3, .. "yes"u8,
    ]).Records).Texts));

    [Fact]
    public void Texts_that_are_not_ascii_are_left_out_and_a_life_below_nothing_is_none()
    {
        var record = Assert.Single(Parse([.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 16, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0, 4, 1, 0xC3, 1, (byte)'a']).Records);

        Assert.Equal(["a"], record.Texts);
        Assert.Equal(TimeSpan.Zero, record.Life);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "nothing", [] },
        { "half a header", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0] },
        { "another operation", [0, 0, 0x08, 0, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "an error code", [0, 0, 0x80, 3, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "a question that is missing", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0] },
        { "half a question", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. ServiceName, 0, 12, 0] },
        { "a name that points to itself", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 12, 0, 1] },
        { "a name that points forward", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 18, 0, 12, 0, 1, .. ServiceName] },
        { "two names that point to each other", [0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0xC0, 18, 0, 12, 0, 1, 0xC0, 12, 0, 12, 0, 1] },
        { "a label that is too long", [0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 64, .. new byte[64], 0, 0, 12, 0, 1] },
        { "a record that is missing", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0] },
        { "half a record's head", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 16, 0, 1, 0, 0, 0, 1, 0] },
        { "data that reach over the end", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 16, 0, 1, 0, 0, 0, 1, 0, 2, 0] },
        { "a text that reaches over its record", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 16, 0, 1, 0, 0, 0, 1, 0, 2, 2, 65] },
        { "a pointer's name that reaches over its record", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 12, 0, 1, 0, 0, 0, 1, 0, 2, 3, .. "abc"u8, 0] },
        { "something behind a pointer's name", [.. AnswerHead, 0, 0, 0, 1, 0, 0, 0, 0, .. ServiceName, 0, 12, 0, 1, 0, 0, 0, 1, 0, 3, 0xC0, 12, 0] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_is_broken_is_not_read(string what, byte[] packet) => Assert.False(MdnsMessage.TryParse(packet, 64, out _), what);

    [Fact]
    public void Every_beginning_of_a_packet_is_refused_without_an_exception()
    {
        var packet = MdnsWriter.Answer(Service, "abc", [Multiaddr.Parse("/ip4/10.0.0.1/tcp/1").WithPeer(Somebody.Id(1))], TimeSpan.FromMinutes(2), 1400);

        Assert.All(Enumerable.Range(0, packet.Length - 4 - 10 - 9), length => Assert.False(MdnsMessage.TryParse(packet.AsSpan(0, length), 64, out _)));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void More_questions_and_records_than_allowed_are_not_read(int count, bool tooMany)
    {
        byte[] packet = [0, 0, 0, 0, 0, (byte)count, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat<byte[]>([0, 0, 12, 0, 1], count).SelectMany(question => question)];
        var message = Parse(packet);

        Assert.Equal(tooMany, message.HasTooMany);
        Assert.Equal(tooMany ? 0 : count, message.Questions.Count);
    }

    [Fact]
    public void A_count_of_sections_that_would_overflow_is_too_many() =>
        Assert.True(Parse([0, 0, 0x80, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).HasTooMany);

    private static MdnsMessage Parse(byte[] packet)
    {
        Assert.True(MdnsMessage.TryParse(packet, 64, out var message), Encoding.Latin1.GetString(packet));
        return message;
    }
}
