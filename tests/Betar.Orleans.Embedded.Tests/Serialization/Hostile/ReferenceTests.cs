using Betar.Orleans.Embedded.Serialization;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using static Betar.Orleans.Embedded.Tests.Serialization.Hostile.HandMade;

namespace Betar.Orleans.Embedded.Tests.Serialization.Hostile;

/// <summary>References that point where they must not.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void References_forward_into_nothing_and_to_themselves_are_refused()
    {
        Refused<Plain>("points forward", Reference(1000));
        Refused<Plain>("points forward", Reference(5));
        // The member with id 3 points at a skipped member, which is itself a reference.
        Refused<Plain>("points at a reference", SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteHeader(WireType.Reference, 2);
            writer.WriteVarUInt(0);
            writer.WriteHeader(WireType.Reference, 1);
            writer.WriteVarUInt(2);
            writer.EndObject();
        }));
    }

    [Fact]
    public void A_reference_to_an_object_of_another_type_is_refused() => Refused<Plain[]>("stands for a", SerializerHost.Write(static writer =>
    {
        writer.BeginObject(0);
        writer.WriteUInt64(0, 1);
        writer.WriteHeader(WireType.Reference, 0);
        writer.WriteVarUInt(1);
        writer.EndObject();
    }));

    [Fact]
    public void References_into_unknown_members_cannot_multiply_work()
    {
        // Member 2 is unknown to the reader and holds a long list; each reference asks for another part of it to be read.
        const int Count = 5000;
        var bytes = SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.BeginObject(2);
            var starts = new List<int>();
            for (var i = 0; i < 100; i++)
            {
                starts.Add(writer.Written.Length);
                writer.BeginObject(9);
            }

            writer.Take(Count * 2).Clear();
            for (var i = 0; i < 101; i++)
                writer.EndObject();
            for (var i = 0; i < 100; i++)
            {
                writer.WriteHeader(WireType.Reference, i == 0 ? 1u : 0u);
                writer.WriteVarUInt((ulong)starts[i] + 1);
            }

            writer.EndObject();
        });
        Refused<Plain>("too many references", bytes);
    }
}
