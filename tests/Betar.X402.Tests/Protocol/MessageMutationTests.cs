using System.Text;
using System.Text.Json;
using Betar.X402.Protocol;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Protocol;

/// <summary>Damaged copies of right messages: the parser must answer each, and what it accepts must mean the same to a second parser.</summary>
public class MessageMutationTests
{
    private const int Seed = 402;
    private const int Rounds = 1500;

    private static readonly string[] Corpus = [Golden.Request, Golden.PaymentRequired, Golden.PaidRequest, Golden.UnknownTypeError];

    [Fact]
    public void Any_damage_gives_a_message_or_a_refusal()
    {
        var random = new Random(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Damage(Golden.Utf8(Corpus[random.Next(Corpus.Length)]), random);
            try
            {
                Check(MessageCodec.ParseRequest(bytes), bytes, message => message.CorrelationId);
                Check(MessageCodec.ParsePaidRequest(bytes), bytes, message => message.CorrelationId);
                Check(MessageCodec.ParsePaymentRequired(bytes), bytes, message => message.CorrelationId);
                Check(MessageCodec.ParseResponse(bytes), bytes, message => message.CorrelationId);
                Check(MessageCodec.ParseError(bytes), bytes, message => message.CorrelationId);
                _ = TaskBody.Parse(bytes).IsOk;
                _ = OutputBody.Decode(bytes);
            }
            catch (Exception error) when (error is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {Seed}, round {round}, {Convert.ToBase64String(bytes)}: {error}");
            }
        }
    }

    [Fact]
    public void Written_messages_are_valid_json_and_read_back_equal()
    {
        var random = new Random(Seed + 1);
        for (var round = 0; round < 300; round++)
        {
            var error = new X402Error
            {
                CorrelationId = RandomText(random), ErrorCode = random.NextInt64(), ErrorName = RandomText(random),
                Message = RandomText(random), Retryable = random.Next(2) == 0,
            };
            var json = MessageCodec.Write(error);
            Assert.Equal(error, MessageCodec.ParseError(json).Value);
            using var document = JsonDocument.Parse(json);
            Assert.Equal(error.Message, document.RootElement.GetProperty("message").GetString());
        }
    }

    // A slow, obvious oracle: an accepted message is an object, and a correlation id that was read stands in it.
    private static void Check<T>(Parsed<T> parsed, byte[] bytes, Func<T, string> correlationId)
        where T : class
    {
        if (!parsed.IsOk)
        {
            Assert.NotEmpty(parsed.Fault);
            return;
        }

        using var document = JsonDocument.Parse(bytes);
        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        var found = document.RootElement.EnumerateObject()
            .Where(member => string.Equals(member.Name, "correlation_id", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
            .Select(member => member.Value.GetString())
            .LastOrDefault();
        Assert.Equal(found ?? "", correlationId(parsed.Value));
    }

    private static byte[] Damage(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && bytes.Length > 1; times--)
        {
            var at = random.Next(bytes.Length);
            var length = Math.Min(random.Next(1, 40), bytes.Length - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = "\"{}[]:,\\0n"u8[random.Next(10)];
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[(at + length)..]];
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
                    break;
                default:
                    bytes = bytes[..at];
                    break;
            }
        }

        return bytes;
    }

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(0, 12); i > 0; i--)
        {
            text.Append(random.Next(4) switch
            {
                0 => (char)random.Next(0, 0x80),
                1 => (char)random.Next(0x80, 0xD800),
                2 => (char)random.Next(0x2020, 0x2030),
                _ => "<>&\"\\/\n"[random.Next(7)],
            });
        }

        return text.ToString();
    }
}
