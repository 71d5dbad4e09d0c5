using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>Turns a marked type into its codec.</summary>
internal static class CodecEmitter
{
    private const string Engine = "global::Betar.Orleans.Embedded.Serialization";

    public static IEnumerable<GeneratedUnit> Emit(INamedTypeSymbol type, IAssemblySymbol assembly)
    {
        if (!type.IsReachable(assembly))
            return [GeneratedUnit.Of(Problem.At(Diagnostics.Inaccessible, type, type.DisplayName()))];
        if (type.TypeKind == TypeKind.Enum)
            return [new("", assembly.GeneratedNamespace(), "", Alias(type) + $"options.Serializers.Add(typeof({Engine}.EnumCodec<{type.Code()}>));\n")];
        var problems = new List<Problem>();
        var unit = EmitCodec(type, assembly, problems);
        return problems.Select(GeneratedUnit.Of).Append(unit);
    }

    /// <summary>Lines of the manifest for the names that a type was given.</summary>
    public static string Alias(INamedTypeSymbol type) => string.Concat(type.GetAttributes()
        .Where(static attribute => attribute.AttributeClass.Is("Orleans.AliasAttribute"))
        .Select(attribute => $"options.WellKnownTypeAliases[{Literal(attribute.ConstructorArguments[0].Value as string ?? "")}] = typeof({type.OpenCode()});\n"));

    /// <summary>A line that makes the start-up check that a codec exists.</summary>
    public static string Require(ITypeSymbol type, string where) =>
        Primitive.Of(type) is not null || type.MentionsTypeParameter() ? "" : $"Require(options, typeof({type.Code()}), {Literal(where)});\n";

    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static GeneratedUnit EmitCodec(INamedTypeSymbol type, IAssemblySymbol assembly, List<Problem> problems)
    {
        var parameters = type.AllTypeParameters().ToList();
        var (list, constraints) = SymbolExtensions.Generics(parameters);
        var accessors = new CodeText();
        var members = new MemberFinder(type, assembly, accessors, problems).Find();
        var fields = new CodecFields();
        var name = SymbolExtensions.UniqueName("Codec_", type.Name, type.DisplayName());
        var self = type.Code();
        var code = new CodeText();
        code.Block($"internal sealed class {name}{list} : {Engine}.{(type.IsValueType ? "StructCodec" : "ClassCodec")}<{self}>{constraints}", () =>
        {
            if (Immutability(type, members, fields) is { } immutability)
                code.Line($"public override bool IsImmutable => {immutability};");
            WriteMethods(code, type, members, fields);
            if (!type.IsValueType)
                Activation.Write(code, type);
            fields.WriteDeclarations(code);
            foreach (var line in accessors.ToString().Split(['\n'], StringSplitOptions.RemoveEmptyEntries))
                code.Line(line);
        });

        var open = parameters.Count == 0 ? name : $"{name}<{new string(',', parameters.Count - 1)}>";
        var manifest = $"options.Serializers.Add(typeof({open}));\n" + Alias(type)
            + string.Concat(members.Select(member => Require(member.Type, member.Name)));
        if (BaseOf(type) is { } baseType)
            manifest += Require(baseType, $"the base of {type.DisplayName()}");
        return new(name, assembly.GeneratedNamespace(), code.ToString(), manifest);
    }

    private static void WriteMethods(CodeText code, INamedTypeSymbol type, List<Member> members, CodecFields fields)
    {
        var self = (type.IsValueType ? "ref " : "") + type.Code();
        var baseCodec = BaseOf(type) is { } baseType ? $"(_base ??= GetBaseCodec<{baseType.Code()}>())" : null;
        code.Block($"public override void WriteMembers({Engine}.WireWriter writer, {self} value)", () =>
        {
            if (baseCodec is not null)
                code.Line($"{baseCodec}.WriteMembers(writer, value);").Line("writer.EndBaseMembers();");
            fields.WriteWrites(code, members, "value");
        });
        code.Block($"public override void ReadMembers(ref {Engine}.WireReader reader, {self} value)", () =>
        {
            if (baseCodec is not null)
                code.Line($"{baseCodec}.ReadMembers(ref reader, value);");
            fields.WriteReadLoop(code, members, "value");
        });
        code.Block($"public override void CopyMembers({self} input, {self} output, global::Orleans.Serialization.Cloning.CopyContext context)", () =>
        {
            if (baseCodec is not null)
                code.Line($"{baseCodec}.CopyMembers(input, output, context);");
            fields.WriteCopies(code, members);
        });
        if (baseCodec is not null)
            code.Line($"private {Engine}.ClassCodec<{BaseOf(type)!.Code()}> _base;");
    }

    private static INamedTypeSymbol? BaseOf(INamedTypeSymbol type)
    {
        var candidate = type.IsValueType ? null : type.BaseType;
        while (candidate is not null && candidate.Has("Orleans.SerializerTransparentAttribute"))
            candidate = candidate.BaseType;
        return candidate is null || candidate.SpecialType == SpecialType.System_Object ? null : candidate;
    }

    /// <summary>Whether copies may share the value: an expression, or null for never.</summary>
    private static string? Immutability(INamedTypeSymbol type, List<Member> members, CodecFields fields)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            // An exception stays the one that was thrown.
            if (ancestor.Is("System.Exception"))
                return "true";
        }

        if (type.Has("Orleans.ImmutableAttribute"))
            return "true";
        var open = members.Where(static member => !member.IsImmutable).ToList();
        if (!type.IsValueType || open.Any(static member => member.Type is not ITypeParameterSymbol))
            return null;
        return open.Count == 0 ? "true" : string.Join(" && ", open.Select(member => $"{fields.For(member.Type)}.IsImmutable"));
    }
}
