using System.Text.Json;

namespace Betar.Ethereum.Eip712;

/// <summary>The JSON that wallets take (<c>eth_signTypedData_v4</c>).</summary>
public static class TypedDataJson
{
    public static void Write(Utf8JsonWriter writer, TypedData data)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(data);
        writer.WriteStartObject();
        writer.WriteStartObject("types");
        WriteMembers(writer, TypedDomain.StructName, data.Domain.Members());
        foreach (var name in data.Types.Names)
            WriteMembers(writer, name, data.Types.MembersOf(name));
        writer.WriteEndObject();
        writer.WriteString("primaryType", data.PrimaryType);
        writer.WriteStartObject("domain");
        foreach (var (member, value) in data.Domain.Members().Zip(data.Domain.Values()))
        {
            writer.WritePropertyName(member.Name);
            WriteAtom(writer, value);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("message");
        WriteStruct(writer, data.Types, data.PrimaryType, data.Message);
        writer.WriteEndObject();
    }

    static void WriteMembers(Utf8JsonWriter writer, string name, IEnumerable<TypedMember> members)
    {
        writer.WriteStartArray(name);
        foreach (var member in members)
        {
            writer.WriteStartObject();
            writer.WriteString("name", member.Name);
            writer.WriteString("type", member.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    static void WriteStruct(Utf8JsonWriter writer, TypedStructs types, string name, IReadOnlyList<object> values)
    {
        var members = types.MembersOf(name);
        var kinds = types.KindsOf(name);
        writer.WriteStartObject();
        for (var i = 0; i < members.Count; i++)
        {
            writer.WritePropertyName(members[i].Name);
            Write(writer, types, kinds[i], values[i]);
        }

        writer.WriteEndObject();
    }

    static void Write(Utf8JsonWriter writer, TypedStructs types, TypedKind kind, object value)
    {
        if (kind.Struct is { } name)
        {
            WriteStruct(writer, types, name, (IReadOnlyList<object>)value);
            return;
        }

        if (kind.Element is not { } element)
        {
            WriteAtom(writer, value);
            return;
        }

        writer.WriteStartArray();
        foreach (var item in (IReadOnlyList<object>)value)
            Write(writer, types, element, item);
        writer.WriteEndArray();
    }

    // Numbers go as decimal text: JSON's own lose digits in many readers.
    static void WriteAtom(Utf8JsonWriter writer, object value)
    {
        if (value is bool flag)
            writer.WriteBooleanValue(flag);
        else if (value is byte[] bytes)
            writer.WriteStringValue(PrefixedHex.Encode(bytes));
        else
            writer.WriteStringValue(value.ToString());
    }
}
