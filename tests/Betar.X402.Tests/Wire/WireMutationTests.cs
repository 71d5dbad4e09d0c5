using System.Text;
using Betar.Tests.Shared;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Wire;

/// <summary>Right messages, spoilt: each reading ends with a message or a refusal, and what was read can be written and read again.</summary>
public class WireMutationTests
{
    private const int Rounds = 4000;
    private static readonly string[] Pieces = ["\"", "{", "}", "[", "]", ",", ":", "null", "\\ud800", "1e999", "-0", "99999999999999999999", "\u0000", "é", "true", " "];

    [Fact]
    public void No_bytes_make_a_reader_throw()
    {
        var random = new Random(TestSeed.Value);
        string[] seeds = [.. new[] { Vectors.RequiredHeader, Vectors.SignatureHeader, Vectors.V1Header, Vectors.ResponseHeader }
            .Select(header => Encoding.UTF8.GetString(Convert.FromBase64String(header))), Vectors.TripleForm];
        for (var round = 0; round < Rounds; round++)
        {
            var json = Mutate(random, seeds[random.Next(seeds.Length)]);
            try
            {
                Read(json);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"Seed {TestSeed.Value}, round {round}: {Convert.ToBase64String(json)}", failure);
            }
        }
    }

    private static void Read(byte[] json)
    {
        if (WireCodec.ParseDemand(json).Value is { } demand)
            Assert.True(WireCodec.ParseDemand(WireCodec.Write(demand)).IsOk);
        if (WireCodec.ParsePayment(json).Value is { } payment)
            Assert.True(WireCodec.ParsePayment(WireCodec.Write(payment)).IsOk);
        if (WireCodec.ParseSettled(json).Value is { } settled)
            Assert.True(WireCodec.ParseSettled(WireCodec.Write(settled)).IsOk);
        _ = WireCodec.ParseVerified(json).IsOk | WireCodec.ParseCall(json).IsOk | WireCodec.ParseSupported(json).IsOk | WireCodec.ParseDiscovery(json).IsOk;
        _ = WireCodec.ParsePaymentHeader(Encoding.Latin1.GetString(json)).IsOk;
    }

    private static byte[] Mutate(Random random, string seed)
    {
        var bytes = Encoding.UTF8.GetBytes(seed).ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(1, 12), bytes.Count - at)); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
                default: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count), 1)); break;
            }

            if (bytes.Count == 0)
                bytes.Add(0);
        }

        return [.. bytes];
    }
}
