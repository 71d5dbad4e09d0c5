using System.Buffers;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using Orleans;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Serializers;

namespace Betar.Orleans.Embedded.Serialization;

/// <summary>
/// The names of types on the wire: the alias or full name, arguments in angle brackets. A name is never looked up in the whole
/// process, only in the manifest, among the built-in types, in application parts, and for exceptions of the platform.
/// </summary>
internal sealed class TypeNames
{
    private const int MaxConstructed = 4096;
    private static readonly SearchValues<char> MoreThanAName = SearchValues.Create("[],*&\\");
    private readonly Dictionary<string, Type> _types = [];
    private readonly Dictionary<Type, string> _names = [];
    private readonly HashSet<Assembly> _parts = [typeof(object).Assembly, typeof(TypeNames).Assembly];
    private readonly ConcurrentDictionary<Type, byte[]> _formatted = new();
    private readonly ConcurrentDictionary<string, Type> _resolved = new();
    private readonly ConcurrentDictionary<string, Type>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _constructed;

    public TypeNames(TypeManifestOptions manifest)
    {
        _lookup = _resolved.GetAlternateLookup<ReadOnlySpan<char>>();
        // Responses are in half of all messages: a short name for them.
        Add("~r", typeof(Response<>));
        foreach (var type in BuiltInCodecs.NamedTypes.Where(static type => type != typeof(Response<>)))
            Add(type.FullName!, type);
        foreach (var (alias, type) in manifest.WellKnownTypeAliases)
            Add(alias, type);
        foreach (var type in manifest.Serializers.Select(CodecFactory.SubjectOf).Concat(manifest.Interfaces))
        {
            var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
            _parts.Add(definition.Assembly);
            if (!_names.ContainsKey(definition))
                Add(definition.FullName!, definition);
        }
    }

    public bool IsKnown(Type type) => _names.ContainsKey(type);

    public byte[] Format(Type type)
    {
        if (_formatted.TryGetValue(type, out var bytes))
            return bytes;
        var name = new StringBuilder();
        Append(name, type);
        return _formatted.GetOrAdd(type, Encoding.UTF8.GetBytes(name.ToString()));
    }

    public Type Resolve(ReadOnlySpan<byte> name)
    {
        const int Short = 256;
        Span<char> chars = name.Length <= Short ? stackalloc char[Short] : new char[name.Length];
        var length = Encoding.UTF8.GetChars(name, chars);
        ReadOnlySpan<char> text = chars[..length];
        if (_lookup.TryGetValue(text, out var known))
            return known;
        var rest = text;
        var type = Parse(ref rest, 0);
        if (rest.Length > 0)
            throw Unknown(text);
        // One type can be spelt in many ways, since any character may be escaped.
        if (_resolved.Count < 2 * MaxConstructed)
            _resolved[text.ToString()] = type;
        return type;
    }

    private static SerializerException Unknown(ReadOnlySpan<char> name) => new(
        $"The type '{name}' is not known here. Mark it with [GenerateSerializer] in an assembly that is part of the application.");

    private void Add(string name, Type type)
    {
        if (!_types.TryAdd(name, type) && _types[name] != type)
            throw new InvalidOperationException($"{type} and {_types[name]} go by the same name '{name}'. Give one another [Alias].");
        _names[type] = name;
    }

    private void Append(StringBuilder target, Type type)
    {
        if (type.IsArray)
        {
            Append(target, type.GetElementType()!);
            target.Append('[').Append(',', type.GetArrayRank() - 1).Append(']');
            return;
        }

        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        var name = _names.GetValueOrDefault(definition);
        if (name is null)
        {
            name = definition.FullName!;
            if (TryFind(name) != definition)
                throw CodecProvider.NotFound(type);
        }

        foreach (var c in name)
            target.Append(c is '<' or '>' or '[' or ']' or ',' or '\\' ? "\\" : "").Append(c);
        if (!type.IsConstructedGenericType)
            return;
        target.Append('<');
        for (var i = 0; i < type.GenericTypeArguments.Length; i++)
            Append(i == 0 ? target : target.Append(','), type.GenericTypeArguments[i]);
        target.Append('>');
    }

    private Type Parse(ref ReadOnlySpan<char> rest, int depth)
    {
        if (depth > 16)
            throw WireReader.Malformed("a type name is nested too deep");
        var simple = new StringBuilder();
        while (rest.Length > 0 && rest[0] is not ('<' or '>' or '[' or ']' or ','))
        {
            var escaped = rest[0] == '\\' && rest.Length > 1;
            simple.Append(rest[escaped ? 1 : 0]);
            rest = rest[(escaped ? 2 : 1)..];
        }

        var name = simple.ToString();
        var type = _types.GetValueOrDefault(name) ?? TryFind(name) ?? throw Unknown(name);
        if (type.IsGenericTypeDefinition && rest.Length > 0 && rest[0] == '<')
            type = ParseArguments(type, ref rest, depth);
        while (rest.Length > 1 && rest[0] == '[' && rest[1] == ']')
        {
            if (++depth > 16)
                throw WireReader.Malformed("a type name is nested too deep");
            CountConstructed();
            type = type.MakeArrayType();
            rest = rest[2..];
        }

        return type;
    }

    private Type ParseArguments(Type definition, ref ReadOnlySpan<char> rest, int depth)
    {
        var arguments = new Type[definition.GetGenericArguments().Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            rest = rest[1..];
            arguments[i] = Parse(ref rest, depth + 1);
            if (rest.Length == 0 || rest[0] != (i == arguments.Length - 1 ? '>' : ','))
                throw WireReader.Malformed("a type name has a wrong number of arguments");
        }

        rest = rest[1..];
        CountConstructed();
        return definition.MakeGenericType(arguments);
    }

    // The process never forgets a type that was made, so that bytes must not make any number of them.
    private void CountConstructed()
    {
        if (Interlocked.Increment(ref _constructed) > MaxConstructed)
            throw WireReader.Malformed("too many different generic types and arrays were named");
    }

    private Type? TryFind(string name)
    {
        // What reflection would read as more than a name: arguments, arrays, pointers, other assemblies.
        if (name.AsSpan().ContainsAny(MoreThanAName))
            return null;
        foreach (var part in _parts)
        {
            if (part.GetType(name) is { } type)
                return type;
        }

        if (!ExceptionCodecs.IsSupportedName(name))
            return null;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetType(name) is { } type && typeof(Exception).IsAssignableFrom(type))
                return type;
        }

        return null;
    }
}
