using Betar.Libp2p.Discovery.Mdns;

namespace Betar.Fuzz.Targets;

/// <summary>Packets of multicast DNS, which everybody on the link may send.</summary>
internal sealed class MdnsTarget : IFuzzTarget
{
    private const int MaxRecords = 64;

    public string Name => "mdns";

    // Names may be compressed: each of the records can stand for a whole one, and that as text.
    public long MemoryBound(int length) => (256 * 1024) + (64L * length);

    public bool Take(byte[] input)
    {
        if (!MdnsMessage.TryParse(input, MaxRecords, out var message))
            return false;
        FuzzException.Unless(message.Questions.Count + message.Records.Count <= MaxRecords, "too many records");
        FuzzException.Unless(!message.HasTooMany || message.Questions.Count + message.Records.Count == 0, "records of a packet that has too many");
        FuzzException.Unless(message.IsAnswer == ((input[2] & 0x80) != 0), "a question taken for an answer");
        FuzzException.Unless(message.Questions.All(question => question.Name.Length <= 253), "a question's name too long");
        foreach (var record in message.Records)
        {
            FuzzException.Unless(record.Owner.Length <= 253 && record.Target.Length <= 253, "a name too long");
            FuzzException.Unless(!record.Owner.Concat(record.Target).Any(char.IsAsciiLetterUpper), "a name in upper case");
            FuzzException.Unless(record.Texts.Sum(text => text.Length + 1) <= input.Length, "more text than there was");
            FuzzException.Unless(record.Life >= TimeSpan.Zero, "a life below nothing");
            FuzzException.Unless(MdnsWriter.AddressesOf(record).All(address => address.Peer is not null && MdnsWriter.AddressesOf(record).Contains(address)), "an address of nobody");
        }

        return true;
    }
}
