using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>What stands last on a line, in square brackets.</summary>
internal static class Marks
{
    public static string Of(Type type) => Text([type.IsEnum && type.IsDefined(typeof(FlagsAttribute), false) ? "Flags" : null], type);

    public static string Of(FieldInfo field) => Text(
        [
            field.IsFamily || field.IsFamilyOrAssembly ? "protected" : null,
            field.IsLiteral ? "const" : null,
            field.IsStatic && !field.IsLiteral ? "static" : null,
            field.IsInitOnly ? "readonly" : null,
            field.IsDefined(typeof(RequiredMemberAttribute)) ? "required" : null,
        ],
        field);

    public static string Of(MethodBase method) => Text(Method(method), method);

    /// <summary>The marks of a property or an event are those of its accessor.</summary>
    public static string Of(MemberInfo member, MethodInfo accessor) =>
        Text([.. Method(accessor), member.IsDefined(typeof(RequiredMemberAttribute)) ? "required" : null], member);

    public static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<EditorBrowsableAttribute>(inherit: false)?.State == EditorBrowsableState.Never;

    static string?[] Method(MethodBase method) =>
    [
        method.IsFamily || method.IsFamilyOrAssembly ? "protected" : null,
        method.IsStatic ? "static" : null,
        method.DeclaringType!.IsInterface ? OfInterface(method) : OfClass(method),
    ];

    static string? OfInterface(MethodBase method) => !method.IsAbstract && !method.IsStatic ? "default implementation" : null;

    static string? OfClass(MethodBase method)
    {
        if (!method.IsVirtual)
        {
            return null;
        }

        var overrides = method is MethodInfo info && info.GetBaseDefinition() != info;
        return (method.IsAbstract, overrides, method.IsFinal) switch
        {
            (true, true, _) => "abstract override",
            (true, false, _) => "abstract",
            (_, true, true) => "sealed override",
            (_, true, false) => "override",
            (_, false, false) => "virtual",
            _ => null,
        };
    }

    static string Text(IEnumerable<string?> marks, MemberInfo member)
    {
        string?[] more =
        [
            IsHidden(member) ? "EditorBrowsable(Never)" : null,
            member.IsDefined(typeof(ObsoleteAttribute), false) && !IsOnlyForOldCompilers(member) ? "Obsolete" : null,
            member.GetCustomAttribute<ExperimentalAttribute>(inherit: false) is { } experimental ? $"Experimental({experimental.DiagnosticId})" : null,
        ];
        var all = marks.Concat(more).Where(mark => mark is not null).ToArray();
        return all.Length == 0 ? "" : $" [{string.Join(", ", all)}]";
    }

    // The compiler marks ref structs and types with required members as obsolete for those who do not know them.
    static bool IsOnlyForOldCompilers(MemberInfo member) => member is Type { IsByRefLike: true };
}
