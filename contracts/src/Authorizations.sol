// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {TokenSignature} from "./TokenSignature.sol";

/// EIP-3009 with the checks, their order and their reasons as USDC has them: clients tell failures apart by these words.
abstract contract Authorizations is EIP712 {
    bytes32 public constant TRANSFER_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "TransferWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 public constant RECEIVE_WITH_AUTHORIZATION_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );
    bytes32 public constant CANCEL_AUTHORIZATION_TYPEHASH = keccak256("CancelAuthorization(address authorizer,bytes32 nonce)");

    struct Authorization {
        address from;
        address to;
        uint256 value;
        uint256 validAfter;
        uint256 validBefore;
        bytes32 nonce;
    }

    mapping(address authorizer => mapping(bytes32 nonce => bool)) private _ended;

    event AuthorizationUsed(address indexed authorizer, bytes32 indexed nonce);
    event AuthorizationCanceled(address indexed authorizer, bytes32 indexed nonce);

    /// True once the authorization was used or cancelled.
    function authorizationState(address authorizer, bytes32 nonce) external view returns (bool) {
        return _ended[authorizer][nonce];
    }

    function _move(address from, address to, uint256 value) internal virtual;

    /// What happens to a nonce that was used before. False ends the call without a transfer.
    function _acceptsUsedNonce() internal view virtual returns (bool) {
        return false;
    }

    function _useAuthorization(bytes32 typeHash, Authorization memory a, bytes memory signature) internal {
        require(block.timestamp > a.validAfter, "FiatTokenV2: authorization is not yet valid");
        require(block.timestamp < a.validBefore, "FiatTokenV2: authorization is expired");
        if (_ended[a.from][a.nonce]) {
            require(_acceptsUsedNonce(), "FiatTokenV2: authorization is used or canceled");
            return;
        }
        bytes32 structHash = keccak256(abi.encode(typeHash, a.from, a.to, a.value, a.validAfter, a.validBefore, a.nonce));
        require(TokenSignature.isBy(a.from, _hashTypedDataV4(structHash), signature), "FiatTokenV2: invalid signature");

        _ended[a.from][a.nonce] = true;
        emit AuthorizationUsed(a.from, a.nonce);
        _move(a.from, a.to, a.value);
    }

    function _cancelAuthorization(address authorizer, bytes32 nonce, bytes memory signature) internal {
        require(!_ended[authorizer][nonce], "FiatTokenV2: authorization is used or canceled");
        bytes32 structHash = keccak256(abi.encode(CANCEL_AUTHORIZATION_TYPEHASH, authorizer, nonce));
        require(TokenSignature.isBy(authorizer, _hashTypedDataV4(structHash), signature), "FiatTokenV2: invalid signature");

        _ended[authorizer][nonce] = true;
        emit AuthorizationCanceled(authorizer, nonce);
    }
}
