using Microsoft.CodeAnalysis;

namespace Betar.Orleans.Embedded.Generator;

/// <summary>One method of a grain interface: its request, the request's codec, and the method of the reference that sends it.</summary>
internal sealed class RequestEmitter
{
    private const string Engine = "global::Betar.Orleans.Embedded.Serialization";
    private readonly IMethodSymbol _method;
    private readonly INamedTypeSymbol _owner;
    private readonly IAssemblySymbol _assembly;
    private readonly string _name;
    private readonly string _list;
    private readonly string _constraints;
    private readonly string _self;
    private readonly int _arity;
    private readonly IParameterSymbol? _token;
    private readonly ITypeSymbol _int32;

    public RequestEmitter(INamedTypeSymbol proxied, IMethodSymbol method, ITypeSymbol int32)
    {
        _int32 = int32;
        _method = method;
        _owner = method.ContainingType;
        _assembly = proxied.ContainingAssembly;
        var parameters = _owner.MentionsTypeParameter() ? proxied.AllTypeParameters().ToList() : [];
        parameters.AddRange(method.TypeParameters);
        (_list, _constraints) = SymbolExtensions.Generics(parameters);
        _arity = parameters.Count;
        _name = SymbolExtensions.UniqueName($"Request_{_owner.Name}_", method.Name, $"{_owner.Code()}.{method.DisplayName()}{_list}{_constraints}");
        _self = _name + _list;
        _token = method.Parameters.FirstOrDefault(static parameter => parameter.Type.Is("System.Threading.CancellationToken"));
    }

    private string MethodTypeArguments => _method.TypeParameters.IsEmpty
        ? "" : $"<{string.Join(", ", _method.TypeParameters.Select(static parameter => parameter.Name))}>";

    /// <summary>The runtime's base class for a return type, or null when nothing carries it.</summary>
    public static string? RequestBase(ITypeSymbol type)
    {
        var argument = type is INamedTypeSymbol { TypeArguments.Length: 1 } named ? $"<{named.TypeArguments[0].Code()}>" : "";
        var name = type.SpecialType == SpecialType.System_Void ? "VoidRequest" : type.OriginalDefinition.ToDisplayString() switch
        {
            "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task<TResult>" => "TaskRequest",
            "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask<TResult>" => "Request",
            "System.Collections.Generic.IAsyncEnumerable<T>" => "AsyncEnumerableRequest",
            _ => null,
        };
        return name is null ? null : $"global::Orleans.Runtime.{name}{argument}";
    }

    /// <summary>Writes the reference's method into the proxy, and returns the request.</summary>
    public GeneratedUnit Emit(CodeText proxy)
    {
        WriteProxyMethod(proxy);
        var code = new CodeText();
        code.Block($"internal sealed class {_self} : {RequestBase(_method.ReturnType)}{_constraints}", () => WriteRequest(code));
        var fields = new CodecFields();
        code.Block($"internal sealed class Codec_{_self} : {Engine}.ClassCodec<{_self}>{_constraints}", () => WriteCodec(code, fields));

        var open = _arity == 0 ? "" : $"<{new string(',', _arity - 1)}>";
        // Requests are in every message: a short name for each of them.
        var alias = "~" + SymbolExtensions.Hash($"{_assembly.Name}/{_name}").ToString("x", System.Globalization.CultureInfo.InvariantCulture);
        var manifest = $"options.WellKnownTypeAliases[\"{alias}\"] = typeof({_name}{open});\noptions.Serializers.Add(typeof(Codec_{_name}{open}));\n"
            + string.Concat(Carried().Select(parameter => CodecEmitter.Require(parameter.Type, _method.DisplayName())));
        if (_method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } result)
            manifest += CodecEmitter.Require(result.TypeArguments[0], $"the result of {_method.DisplayName()}");
        return new(_name, _assembly.GeneratedNamespace(), code.ToString(), manifest);
    }

    private static string Argument(IParameterSymbol parameter) => $"arg{parameter.Ordinal}";

    private static bool IsShared(IParameterSymbol parameter) =>
        parameter.Has("Orleans.ImmutableAttribute") || Primitive.IsImmutable(parameter.Type);

    private IEnumerable<IParameterSymbol> Carried() =>
        _method.Parameters.Where(parameter => !SymbolEqualityComparer.Default.Equals(parameter, _token));

    private void WriteProxyMethod(CodeText proxy)
    {
        var parameters = string.Join(", ", _method.Parameters.Select(static parameter => $"{parameter.Type.Code()} {Argument(parameter)}"));
        var head = $"{_method.ReturnType.Code()} {_owner.Code()}.@{_method.Name}{MethodTypeArguments}({parameters})";
        proxy.Block(head, () =>
        {
            proxy.Line($"var request = new {_self}();");
            var copied = _method.Parameters.Where(static parameter => !IsShared(parameter)).ToList();
            foreach (var parameter in _method.Parameters.Except(copied, SymbolEqualityComparer.Default).Cast<IParameterSymbol>())
                proxy.Line($"request.{Argument(parameter)} = {Argument(parameter)};");
            if (copied.Count > 0)
            {
                // One context for all of them: what two arguments share stays shared.
                proxy.Block("using (var context = CopyContextPool.GetContext())", () =>
                {
                    foreach (var parameter in copied)
                        proxy.Line($"request.{Argument(parameter)} = context.DeepCopy<{parameter.Type.Code()}>({Argument(parameter)});");
                });
            }

            proxy.Line(Send());
        });
    }

    private string Send()
    {
        var result = _method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } named ? $"<{named.TypeArguments[0].Code()}>" : "";
        var kind = RequestBase(_method.ReturnType)!;
        if (kind.Contains(".VoidRequest"))
            return "Invoke(request);";
        if (kind.Contains(".AsyncEnumerableRequest"))
            return "return request.InitializeRequest(this);";
        return $"return InvokeAsync{result}(request){(kind.Contains(".TaskRequest") ? ".AsTask()" : "")};";
    }

    private void WriteRequest(CodeText code)
    {
        foreach (var parameter in _method.Parameters)
            code.Line($"public {parameter.Type.Code()} {Argument(parameter)};");
        code.Line($"private {_owner.Code()} _target;");
        code.Line("private static global::System.Reflection.MethodInfo _methodInfo;");
        WriteOptions(code);
        WriteArguments(code);
        var extension = _owner.Implements("Orleans.Runtime.IGrainExtension");
        var target = extension ? $"holder.GetComponent(typeof({_owner.Code()}))" : "holder.GetTarget()";
        code.Line($"public override string GetMethodName() => {CodecEmitter.Literal(_method.Name)};")
            .Line($"public override string GetInterfaceName() => {CodecEmitter.Literal(_owner.DisplayName())};")
            .Line($"public override string GetActivityName() => {CodecEmitter.Literal($"{_owner.Name}/{_method.Name}")};")
            .Line($"public override global::System.Type GetInterfaceType() => typeof({_owner.Code()});")
            .Line("public override object GetTarget() => _target;");
        WriteMethodInfo(code);
        code.Block("public override void SetTarget(global::Orleans.Serialization.Invocation.ITargetHolder holder)", () =>
        {
            code.Line($"_target = ({_owner.Code()}){target};");
            if (_token is not null)
                code.Line("_cancellation = new();").Line($"{Argument(_token)} = _cancellation.Token;");
        });
        WriteCancellation(code);
        var arguments = string.Join(", ", _method.Parameters.Select(Argument));
        code.Line($"protected override {_method.ReturnType.Code()} InvokeInner() => _target.@{_method.Name}{MethodTypeArguments}({arguments});");
        code.Block("public override void Dispose()", () =>
        {
            code.Line("_target = null;");
            foreach (var parameter in _method.Parameters)
                code.Line($"{Argument(parameter)} = default;");
        });
    }

    private void WriteOptions(CodeText code)
    {
        var options = (_method.Has("Orleans.Concurrency.OneWayAttribute") ? 1 : 0)
            | (_method.Has("Orleans.Concurrency.ReadOnlyAttribute") ? 2 : 0)
            | (_method.Has("Orleans.Concurrency.AlwaysInterleaveAttribute") ? 4 : 0);
        if (options != 0)
            code.Line($"public {_name}() => AddInvokeMethodOptions((global::Orleans.CodeGeneration.InvokeMethodOptions){options});");
        if (_method.Attribute("Orleans.ResponseTimeoutAttribute")?.ConstructorArguments.FirstOrDefault().Value is string timeout)
        {
            code.Line($"private static readonly global::System.TimeSpan? _timeout = global::System.TimeSpan.Parse({CodecEmitter.Literal(timeout)}, global::System.Globalization.CultureInfo.InvariantCulture);")
                .Line("public override global::System.TimeSpan? GetDefaultResponseTimeout() => _timeout;");
        }
    }

    private void WriteArguments(CodeText code)
    {
        if (_method.Parameters.IsEmpty)
            return;
        code.Line($"public override int GetArgumentCount() => {_method.Parameters.Length};");
        code.Block("public override object GetArgument(int index)", () => code.Block("switch (index)", () =>
        {
            foreach (var parameter in _method.Parameters)
                code.Line($"case {parameter.Ordinal}: return {Argument(parameter)};");
            code.Line("default: return base.GetArgument(index);");
        }));
        code.Block("public override void SetArgument(int index, object value)", () => code.Block("switch (index)", () =>
        {
            foreach (var parameter in _method.Parameters)
                code.Line($"case {parameter.Ordinal}: {Argument(parameter)} = ({parameter.Type.Code()})value; break;");
            code.Line("default: base.SetArgument(index, value); break;");
        }));
    }

    private void WriteMethodInfo(CodeText code)
    {
        // A parameter of the method's own type parameters has no typeof to look it up by.
        var generic = !_method.TypeParameters.IsEmpty;
        var types = generic ? "null" : $"new global::System.Type[] {{ {string.Join(", ", _method.Parameters.Select(static parameter => $"typeof({parameter.Type.Code()})"))} }}";
        var arguments = generic ? string.Concat(_method.TypeParameters.Select(static parameter => $", typeof({parameter.Name})")) : "";
        code.Line("public override global::System.Reflection.MethodInfo GetMethod() => _methodInfo ??= "
            + $"{Engine}.GeneratedManifest.FindMethod(typeof({_owner.Code()}), {CodecEmitter.Literal(_method.Name)}, {types}{arguments});");
    }

    private void WriteCancellation(CodeText code)
    {
        if (_token is null)
            return;
        code.Line("private global::System.Threading.CancellationTokenSource _cancellation;")
            .Line("public override bool IsCancellable => true;")
            .Line($"public override global::System.Threading.CancellationToken GetCancellationToken() => {Argument(_token)};");
        code.Block("public override bool TryCancel()", () => code
            .Line("_cancellation?.Cancel(false);")
            .Line("return _cancellation is not null;"));
    }

    private void WriteCodec(CodeText code, CodecFields fields)
    {
        var members = Carried().Select(static parameter => new Member(
            (uint)parameter.Ordinal,
            parameter.Type,
            parameter.Name,
            it => $"{it}.{Argument(parameter)}",
            (it, value) => $"{it}.{Argument(parameter)} = {value};",
            IsShared(parameter))).ToList();
        if (RequestBase(_method.ReturnType)!.Contains(".AsyncEnumerableRequest"))
        {
            // The caller of an enumeration says how many elements one message may bring.
            members.Add(new(
                1000, _int32, "MaxBatchSize", static it => $"{it}.MaxBatchSize", static (it, value) => $"{it}.MaxBatchSize = {value};", true));
        }

        code.Block($"public override void WriteMembers({Engine}.WireWriter writer, {_self} value)", () => fields.WriteWrites(code, members, "value"));
        code.Block($"public override void ReadMembers(ref {Engine}.WireReader reader, {_self} value)", () => fields.WriteReadLoop(code, members, "value"));
        code.Block($"public override void CopyMembers({_self} input, {_self} output, global::Orleans.Serialization.Cloning.CopyContext context)", () =>
        {
            fields.WriteCopies(code, members);
            if (_token is not null)
                code.Line($"output.{Argument(_token)} = input.{Argument(_token)};");
        });
        code.Line($"protected override {_self} Create(global::System.IServiceProvider services) => new();");
        fields.WriteDeclarations(code);
    }
}
