using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>What a request's bytes begin with.</summary>
internal readonly record struct RequestHeader(
    long Id, GrainId Target, GrainId? Source, InvokeMethodOptions Options, TimeSpan TimeToLive, RequestContextValues? Context);
