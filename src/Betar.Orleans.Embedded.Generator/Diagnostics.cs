using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>What the generator refuses. Identifiers are stable and never used again for something else.</summary>
internal static class Diagnostics
{
    public static readonly DiagnosticDescriptor DuplicateId = Error(
        "BETAR1001", "Two members have one id", "{0} has the [Id] of another member; give it one of its own");

    public static readonly DiagnosticDescriptor MissingId = Warning(
        "BETAR1002", "A member would be lost", "{0} has no [Id] and would be lost; give it one, or mark it [NonSerialized]");

    public static readonly DiagnosticDescriptor NoSetter = Error(
        "BETAR1003", "A member cannot be set", "{0} has an [Id] but nothing to set it by; make it an automatic property or add a setter");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "BETAR1004", "A type cannot be reached", "{0} cannot be reached by generated code; make it and what contains it internal or public");

    public static readonly DiagnosticDescriptor ReturnType = Error(
        "BETAR1005", "A grain method returns what cannot travel",
        "{0} must return Task, Task<T>, ValueTask, ValueTask<T>, IAsyncEnumerable<T> or void");

    public static readonly DiagnosticDescriptor Property = Error(
        "BETAR1006", "A grain interface has a property", "{0} is a property or event; a grain interface may have methods only");

    public static readonly DiagnosticDescriptor Parameter = Error(
        "BETAR1007", "A grain method's parameter cannot travel",
        "{0} passes a parameter by reference or has more than one CancellationToken");

    public static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById =
        new[] { DuplicateId, MissingId, NoSetter, Inaccessible, ReturnType, Property, Parameter }.ToDictionary(static one => one.Id);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Betar.Orleans.Embedded", DiagnosticSeverity.Error, isEnabledByDefault: true);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, "Betar.Orleans.Embedded", DiagnosticSeverity.Warning, isEnabledByDefault: true);
}
