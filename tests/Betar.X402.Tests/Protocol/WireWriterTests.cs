using System.Buffers;
using System.Text;
using Betar.X402.Protocol.Json;

namespace Betar.X402.Tests.Protocol;

public class WireWriterTests
{
    [Fact]
    public void An_object_of_every_kind_of_member()
    {
        var json = Write((ref WireWriter writer) =>
        {
            writer.BeginObject();
            writer.String("text"u8, "a");
            writer.StringUnlessEmpty("empty"u8, "");
            writer.StringUnlessEmpty("full"u8, "b");
            writer.Integer("least"u8, long.MinValue);
            writer.Integer("most"u8, long.MaxValue);
            writer.Boolean("yes"u8, true);
            writer.Boolean("no"u8, false);
            writer.Null("nothing"u8);
            writer.Base64Bytes("bytes"u8, [1, 2, 3, 4]);
            writer.Base64Bytes("none"u8, []);
            writer.Name("inner"u8);
            writer.BeginObject();
            writer.EndObject();
            writer.Name("more"u8);
            writer.BeginObject();
            writer.String("x"u8, "y");
            writer.EndObject();
            writer.Integer("last"u8, 0);
            writer.EndObject();
        });
        Assert.Equal(
            """{"text":"a","full":"b","least":-9223372036854775808,"most":9223372036854775807,"yes":true,"no":false,"nothing":null,"bytes":"AQIDBA==","none":"","inner":{},"more":{"x":"y"},"last":0}""",
            json);
    }

    // What Go's encoder does to each character of the first page.
    [Fact]
    public void Every_ascii_character()
    {
        for (var value = 0; value < 0x80; value++)
        {
            var expected = (char)value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '<' => "\\u003c",
                '>' => "\\u003e",
                '&' => "\\u0026",
                < ' ' => $"\\u{value:x4}",
                var plain => plain.ToString(),
            };
            Assert.Equal(expected, Escaped(((char)value).ToString()));
        }
    }

    [Theory]
    [InlineData("\u2027", "\u2027")]
    [InlineData("\u2028", "\\u2028")]
    [InlineData("\u2029", "\\u2029")]
    [InlineData("\u202a", "\u202a")]
    [InlineData("\u0080", "\u0080")]
    [InlineData("漢字", "漢字")]
    [InlineData("😀", "😀")]
    [InlineData("a<b\u2028c", "a\\u003cb\\u2028c")]
    [InlineData("<<<", "\\u003c\\u003c\\u003c")]
    public void Other_characters(string text, string escaped) => Assert.Equal(escaped, Escaped(text));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() => Assert.Equal("\ufffd", Escaped("\ud800"));

    [Fact]
    public void Long_text_with_specials_here_and_there()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => i % 97 == 0 ? "\"" : "é"));
        Assert.Equal(text.Replace("\"", "\\\"", StringComparison.Ordinal), Escaped(text));
    }

    private delegate void Steps(ref WireWriter writer);

    private static string Escaped(string text)
    {
        var json = Write((ref WireWriter writer) => writer.String("t"u8, text));
        return json["\"t\":\"".Length..^1];
    }

    private static string Write(Steps steps)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        steps(ref writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
