using System.Buffers.Binary;
using Betar.Libp2p.Dns;

namespace Betar.Fuzz.Targets;

/// <summary>Answers of name servers to the question that stands in them; only an answer to that very question may be taken.</summary>
internal sealed class DnsTarget : IFuzzTarget
{
    private const int MaxRecords = 64;

    public string Name => "dns";

    public bool Take(byte[] input)
    {
        var query = Question(input);
        if (!DnsResponse.TryParse(input, query, MaxRecords, out var response))
            return false;
        FuzzException.Unless(response.Records.Count <= MaxRecords, $"{response.Records.Count} records");
        FuzzException.Unless(response.Records.All(record => record.Owner.Length <= 253 && (record.Alias?.Length ?? 0) <= 253), "a name too long");
        FuzzException.Unless(!DnsResponse.TryParse(input, query with { Id = (ushort)(query.Id ^ 1) }, MaxRecords, out _), "another number is taken");
        FuzzException.Unless(!DnsResponse.TryParse(input, query with { Name = query.Name + "x" }, MaxRecords, out _), "another name is taken");
        FuzzException.Unless(!DnsResponse.TryParse(input, query with { Type = (DnsRecordType)99 }, MaxRecords, out _), "another kind is taken");
        return true;
    }

    // Read as plainly as can be; a question that needs more than that fits no query of ours.
    private static DnsQuery Question(byte[] input)
    {
        var labels = new List<string>();
        var at = DnsQuery.HeaderLength;
        while (at < input.Length && input[at] is > 0 and < 64 && at + 1 + input[at] <= input.Length)
        {
            labels.Add(string.Concat(input.Skip(at + 1).Take(input[at]).Select(letter => char.ToLowerInvariant((char)letter))));
            at += 1 + input[at];
        }

        var type = at + 3 <= input.Length ? (DnsRecordType)BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 1)) : DnsRecordType.A;
        var id = input.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(input) : (ushort)0;
        return new DnsQuery(id, string.Join('.', labels), type, false);
    }
}
