using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Fields of a generated codec that keep the codecs of its members, found when first used.</summary>
internal sealed class CodecFields
{
    private const string Engine = "global::Betar.Orleans.Embedded.Serialization";
    private readonly Dictionary<string, string> _names = [];

    /// <summary>An expression for the codec of a type.</summary>
    public string For(ITypeSymbol type)
    {
        var code = type.Code();
        if (!_names.TryGetValue(code, out var name))
            _names[code] = name = $"_codec{_names.Count}";
        return $"({name} ??= GetCodec<{code}>())";
    }

    public void WriteWrite(CodeText code, uint idDelta, ITypeSymbol type, string value) =>
        code.Line(Primitive.Of(type) is { } primitive
            ? $"writer.{primitive.Write}({idDelta}, {value});"
            : $"{For(type)}.Write(writer, {idDelta}, {value});");

    public string Read(ITypeSymbol type) =>
        Primitive.Of(type) is { } primitive ? primitive.Read : $"{For(type)}.Read(ref reader, field)";

    public string Copy(ITypeSymbol type, bool isImmutable, string value) =>
        isImmutable ? value : $"{For(type)}.DeepCopy({value}, context)";

    /// <summary>"while (reader.Next(…)) switch (id) { … }" over the members.</summary>
    public void WriteReadLoop(CodeText code, IEnumerable<Member> members, string instance) =>
        code.Line("uint id = 0;").Block("while (reader.Next(ref id, out var field))", () => code.Block("switch (id)", () =>
        {
            foreach (var member in members)
                code.Line($"case {member.Id}: {member.Set(instance, Read(member.Type))} break;");
            code.Line("default: reader.Skip(field); break;");
        }));

    public void WriteWrites(CodeText code, IEnumerable<Member> members, string instance)
    {
        uint previous = 0;
        foreach (var member in members)
        {
            WriteWrite(code, member.Id - previous, member.Type, member.Get(instance));
            previous = member.Id;
        }
    }

    public void WriteCopies(CodeText code, IEnumerable<Member> members)
    {
        foreach (var member in members)
            code.Line(member.Set("output", Copy(member.Type, member.IsImmutable, member.Get("input"))));
    }

    public void WriteDeclarations(CodeText code)
    {
        foreach (var field in _names)
            code.Line($"private {Engine}.Codec<{field.Key}> {field.Value};");
    }
}
