using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization.Hostile;

/// <summary>Bytes by chance: read or refused, and nothing else.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Mutated_messages_are_read_or_refused_and_nothing_else()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        var messages = Messages(values).Select(SerializerHost.Serializer.SerializeToArray).ToList();
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Mutate(messages[values.Next(messages.Count)], values);
            read += Try(bytes, $"seed {values.Seed}, round {round}") ? 1 : 0;
        }

        output.WriteLine($"{read} of 20000 could be read");
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_nothing_else()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        for (var round = 0; round < 20_000; round++)
            Try(values.Bytes(values.Next(60)), $"seed {values.Seed}, round {round}");
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        foreach (var message in Messages(values))
        {
            var bytes = SerializerHost.Serializer.SerializeToArray(message);
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<SerializerException>(() => SerializerHost.Serializer.Deserialize<object>(bytes.AsSpan(0, length)));
        }
    }

    private static IEnumerable<object> Messages(RandomValues values)
    {
        var shared = new Plain { Number = 7, Text = values.Text(), Numbers = [1, 2, 3] };
        shared.Next = shared;
        yield return new object[] { shared, shared, "text", 5, 6L, Guid.Empty, new Point(1, 2), Color.Green };
        yield return new Everything { Anything = new Circle { Name = "c" }, Positions = new() { ["p"] = new(1, "n", 2.5m) }, Pair = (1, "b"), Maybe = new Point(3, 4) };
        yield return new Dictionary<string, List<Box<int>>> { ["a"] = [new(1) { More = [2, 3] }] };
        yield return new MarkedException("m", 4, new ArgumentException("inner", new AggregateException(new TimeoutException(), new IOException("io"))));
        yield return Response.FromResult(new[] { new Position(1, "a", 2) { At = DateTimeOffset.UnixEpoch } });
        yield return new object[] { typeof(List<int>), new Uri("https://example.org"), new Version(1, 2), DateTime.UnixEpoch, 4.5m, System.Numerics.BigInteger.One };
    }

    private static byte[] Mutate(byte[] message, RandomValues values)
    {
        var bytes = (byte[])message.Clone();
        var changes = 1 + values.Next(4);
        for (var i = 0; i < changes; i++)
        {
            var at = values.Next(bytes.Length);
            switch (values.Next(4))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << values.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)values.Next(256);
                    break;
                case 2:
                    bytes = [.. bytes[..at], .. bytes[values.Next(bytes.Length)..]];
                    break;
                default:
                    bytes = [.. bytes[..at], .. values.Bytes(values.Next(5)), .. bytes[at..]];
                    break;
            }

            if (bytes.Length == 0)
                break;
        }

        return bytes;
    }

    private static bool Try(byte[] bytes, string where)
    {
        try
        {
            SerializerHost.Serializer.Deserialize<object>(bytes);
            return true;
        }
        catch (SerializerException)
        {
            return false;
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{where}: {Convert.ToHexString(bytes)}", exception);
        }
    }
}
